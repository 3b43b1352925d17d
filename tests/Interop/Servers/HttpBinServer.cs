namespace RequestsAsync.Interop;

/// <summary>httpbin under gunicorn.</summary>
public sealed class HttpBinServer : RealServer
{
    protected override string Packages => "python3-httpbin gunicorn python3-gevent";

    protected override string Program => "gunicorn";

    protected override IEnumerable<string> Needs => ["/usr/lib/python3/dist-packages/httpbin", "/usr/lib/python3/dist-packages/gevent"];

    // The folder keeps the worker's heartbeat file out of the machine's own.
    protected override IEnumerable<string> Arguments =>
        ["--bind", $"127.0.0.1:{Port}", "--worker-class", "gevent", "--workers", "1", "--worker-tmp-dir", Root, "httpbin:app"];
}
