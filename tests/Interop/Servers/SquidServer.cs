using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace RequestsAsync.Interop;

/// <summary>squid as a forward proxy that asks for Digest or Basic authentication.</summary>
public sealed class SquidServer : RealServer
{
    public const string UserName = "proxy-user";
    public const string Password = "proxy pass";

    /// <summary>A port to which no tunnel is opened.</summary>
    public const int ForbiddenPort = 25;

    private const string Realm = "the proxy";
    private const string DigestHelper = "/usr/lib/squid/digest_file_auth";
    private const string BasicHelper = "/usr/lib/squid/basic_ncsa_auth";

    protected override string Packages => "squid";

    protected override string Program => "squid";

    protected override IEnumerable<string> Needs => [DigestHelper, BasicHelper];

    // Its service name keeps its shared memory apart from that of another squid on this machine.
    protected override IEnumerable<string> Arguments => ["-N", "-n", $"interop{Port}", "-f", $"{Root}/squid.conf"];

    private protected override void Configure(ScratchFolder scratch)
    {
        scratch.Write("users", $"{UserName}:{Password}\n");
        scratch.Write("basic-users", $"{UserName}:{Md5(Password)}\n");
        scratch.Write("squid.conf", $$"""
            http_port 127.0.0.1:{{Port}}
            auth_param digest program {{DigestHelper}} {{Root}}/users
            auth_param digest realm {{Realm}}
            auth_param digest children 1
            auth_param basic program {{BasicHelper}} {{Root}}/basic-users
            auth_param basic realm {{Realm}}
            auth_param basic children 1
            acl forbidden port {{ForbiddenPort}}
            http_access deny forbidden
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

    [SuppressMessage("Security", "CA5351", Justification = "One of the forms that the file may have.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
