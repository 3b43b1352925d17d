namespace RequestsAsync.Micro;

/// <summary>What the contenders are called in the tables.</summary>
internal static class Names
{
    public const string Invoker = "HttpMessageInvoker";
    public const string UsedWell = "HttpClient used well";
    public const string AsPeopleUseIt = "HttpClient as people use it";
    public const string RestSharp = "RestSharp";
    public const string Flurl = "Flurl.Http";
    public const string Own = "RequestsAsync";
    public const string OwnBlocking = "RequestsAsync, blocking";
}
