namespace RequestsAsync.Interop;

/// <summary>tinyproxy as a forward proxy that asks for Basic authentication.</summary>
public sealed class TinyproxyServer : RealServer
{
    public const string UserName = "tiny-user";
    public const string Password = "tiny-pass";

    protected override string Packages => "tinyproxy";

    protected override string Program => "tinyproxy";

    protected override IEnumerable<string> Arguments => ["-d", "-c", $"{Root}/tinyproxy.conf"];

    private protected override void Configure(ScratchFolder scratch) => scratch.Write("tinyproxy.conf", $"""
        Port {Port}
        Listen 127.0.0.1
        Allow 127.0.0.1
        Timeout 60
        MaxClients 50
        BasicAuth {UserName} {Password}
        PidFile "{Root}/tinyproxy.pid"
        LogFile "{Root}/tinyproxy.log"

        """);
}
