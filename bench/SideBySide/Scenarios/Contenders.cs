namespace RequestsAsync.SideBySide;

/// <summary>All who are compared.</summary>
internal static class Contenders
{
    public static readonly Contender ThisLibrary = new("requests", ContenderKind.DotNet);
    public static readonly Contender ThisLibraryOnLoop = new("requests-loop", ContenderKind.DotNet);
    public static readonly Contender ThisLibraryBlocking = new("requests-sync", ContenderKind.DotNet) { MaxConnections = 64 };
    public static readonly Contender ThisLibraryInParts = new("requests-parts", ContenderKind.DotNet);
    public static readonly Contender Invoker = new("invoker", ContenderKind.DotNet);
    public static readonly Contender TunedHttpClient = new("httpclient", ContenderKind.DotNet);
    public static readonly Contender HttpClientWithFields = new("httpclient-fields", ContenderKind.DotNet) { OnlyInFocus = true };
    public static readonly Contender DefaultHttpClient = new("httpclient-default", ContenderKind.DotNet) { OnlyInFocus = true };
    public static readonly Contender RestSharpClient = new("restsharp", ContenderKind.DotNet) { OnlyInFocus = true };
    public static readonly Contender FlurlClient = new("flurl", ContenderKind.DotNet) { OnlyInFocus = true };
    public static readonly Contender AioHttp = new("aiohttp", ContenderKind.Python, "aiohttp_async.py") { OnlyInFocus = true };
    public static readonly Contender Httpx = new("httpx", ContenderKind.Python, "httpx_async.py") { OnlyInFocus = true };
    public static readonly Contender PythonRequests = new("python-requests", ContenderKind.Python, "requests_threads.py") { OnlyInFocus = true };
    public static readonly Contender Wrk = new("wrk", ContenderKind.Wrk, "wrk");

    public static readonly Contender Gather = new("gather", ContenderKind.DotNet);
    public static readonly Contender AsCompleted = new("as-completed", ContenderKind.DotNet);
    public static readonly Contender LoopByHand = new("loop-by-hand", ContenderKind.DotNet);

    public static readonly Contender ThisCommand = new("requests-command", ContenderKind.Command, "requests");
    public static readonly Contender Httpie = new("httpie", ContenderKind.Command, "http");
    public static readonly Contender Curl = new("curl", ContenderKind.Command, "curl");
}
