namespace RequestsAsync.Interop;

/// <summary>squid as a forward proxy that asks for Digest authentication.</summary>
public sealed class SquidServer : RealServer
{
    public const string UserName = "proxy-user";
    public const string Password = "proxy pass";

    private const string Realm = "the proxy";
    private const string DigestHelper = "/usr/lib/squid/digest_file_auth";

    /// <summary>The proxy's own URL.</summary>
    public Uri Address => new(Url("/"));

    protected override string Packages => "squid";

    protected override string Program => "squid";

    protected override IEnumerable<string> Needs => [DigestHelper];

    // Its service name keeps its shared memory apart from that of another squid on this machine.
    protected override IEnumerable<string> Arguments => ["-N", "-n", $"interop{Port}", "-f", $"{Root}/squid.conf"];

    private protected override void Configure(ScratchFolder scratch)
    {
        scratch.Write("users", $"{UserName}:{Password}\n");
        scratch.Write("squid.conf", $$"""
            http_port 127.0.0.1:{{Port}}
            auth_param digest program {{DigestHelper}} {{Root}}/users
            auth_param digest realm {{Realm}}
            auth_param digest children 1
            acl users proxy_auth REQUIRED
            http_access allow users
            http_access deny all
            cache deny all
            cache_mem 8 MB
            memory_cache_shared off
            max_filedescriptors 1024
            pinger_enable off
            shutdown_lifetime 0 seconds
            pid_filename none
            access_log none
            cache_log {{Root}}/cache.log
            coredump_dir {{Root}}
            """);
    }
}
