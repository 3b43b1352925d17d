namespace RequestsAsync.Interop;

/// <summary>httpbin under gunicorn.</summary>
public sealed class HttpBinServer : RealServer
{
    protected override string Packages => "python3-httpbin gunicorn python3-gevent";

    protected override string Program => "gunicorn";

    protected override IEnumerable<string> Needs => ["/usr/lib/python3/dist-packages/httpbin", "/usr/lib/python3/dist-packages/gevent"];

    // A response that nobody waits for any more does not hold up the end.
    protected override IEnumerable<string> Arguments =>
        ["--bind", $"127.0.0.1:{Port}", "--worker-class", "gevent", "--workers", "1", "--worker-tmp-dir", Root, "--graceful-timeout", "1", "httpbin:app"];
}
