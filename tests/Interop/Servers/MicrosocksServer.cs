namespace RequestsAsync.Interop;

/// <summary>microsocks, SOCKS5 with user name and password.</summary>
public sealed class MicrosocksServer : RealServer
{
    public const string UserName = "socks-user";
    public const string Password = "socks: pass @";

    protected override string Packages => "microsocks";

    protected override string Program => "microsocks";

    protected override IEnumerable<string> Arguments => ["-i", "127.0.0.1", "-p", $"{Port}", "-u", UserName, "-P", Password];
}
