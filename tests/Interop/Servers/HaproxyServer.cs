namespace RequestsAsync.Interop;

/// <summary>haproxy as a reverse proxy in front of httpbin.</summary>
public sealed class HaproxyServer(HttpBinServer backend) : RealServer
{
    protected override string Packages => "haproxy";

    protected override string Program => "haproxy";

    protected override IEnumerable<string> Arguments => ["-db", "-f", $"{Root}/haproxy.cfg"];

    private protected override void Configure(ScratchFolder scratch) => scratch.Write("haproxy.cfg", $"""
        global
          maxconn 200
        defaults
          mode http
          timeout connect 2s
          timeout client 10s
          timeout server 10s
        frontend front
          bind 127.0.0.1:{Port}
          option forwardfor
          http-response add-header X-Front haproxy
          default_backend back
        backend back
          server one 127.0.0.1:{backend.Port}

        """);
}
