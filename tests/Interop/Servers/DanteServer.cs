namespace RequestsAsync.Interop;

/// <summary>dante, SOCKS4 and SOCKS5 without authentication.</summary>
public sealed class DanteServer : RealServer
{
    /// <summary>A port to which the rules allow no connection.</summary>
    public const int ForbiddenPort = 25;

    protected override string Packages => "dante-server";

    protected override string Program => "danted";

    protected override IEnumerable<string> Arguments => ["-f", $"{Root}/danted.conf", "-p", $"{Root}/danted.pid"];

    private protected override void Configure(ScratchFolder scratch) => scratch.Write("danted.conf", $$"""
        logoutput: stderr
        internal: 127.0.0.1 port = {{Port}}
        external: lo
        clientmethod: none
        socksmethod: none
        client pass {
          from: 127.0.0.0/8 to: 0.0.0.0/0
        }
        socks block {
          from: 127.0.0.0/8 to: 0.0.0.0/0 port = {{ForbiddenPort}}
        }
        socks pass {
          from: 127.0.0.0/8 to: 0.0.0.0/0
        }

        """);
}
