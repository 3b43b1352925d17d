using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace RequestsAsync.Interop;

/// <summary>lighttpd with a folder for each kind of Digest authentication.</summary>
public sealed class LighttpdServer : RealServer
{
    public const string UserName = "Mufasa";
    public const string Password = "Circle of Life";

    /// <summary>What each protected file holds.</summary>
    public const string Secret = "known to users only\n";

    private const string Realm = "pride rock";

    protected override string Packages => "lighttpd";

    protected override string Program => "lighttpd";

    protected override IEnumerable<string> Needs => ["/usr/lib/lighttpd/mod_auth.so", "/usr/lib/lighttpd/mod_authn_file.so"];

    protected override IEnumerable<string> Arguments => ["-D", "-f", $"{Root}/lighttpd.conf"];

    private protected override void Configure(ScratchFolder scratch)
    {
        foreach (string folder in (string[])["md5", "sha256", "both", "userhash"])
            scratch.Write($"www/{folder}/secret.txt", Secret);

        scratch.Write("md5.users", Account(Md5));
        scratch.Write("sha256.users", Account(Sha256));
        scratch.Write("userhash.users", $"{Account(Sha256).TrimEnd()}:{Sha256($"{UserName}:{Realm}")}\n");
        scratch.Write("lighttpd.conf", $$"""
            server.document-root = "{{Root}}/www"
            server.bind = "127.0.0.1"
            server.port = {{Port}}
            server.errorlog = "{{Root}}/error.log"
            server.modules = ( "mod_auth", "mod_authn_file" )
            mimetype.assign = ( ".txt" => "text/plain" )
            auth.backend = "htdigest"
            auth.backend.htdigest.userfile = "{{Root}}/sha256.users"
            $HTTP["url"] =^ "/md5/" { auth.backend.htdigest.userfile = "{{Root}}/md5.users" }
            $HTTP["url"] =^ "/userhash/" { auth.backend.htdigest.userfile = "{{Root}}/userhash.users" }
            auth.require = (
              "/md5/" => ( "method" => "digest", "algorithm" => "MD5", "realm" => "{{Realm}}", "require" => "valid-user" ),
              "/sha256/" => ( "method" => "digest", "algorithm" => "SHA-256", "realm" => "{{Realm}}", "require" => "valid-user" ),
              "/both/" => ( "method" => "digest", "algorithm" => "MD5|SHA-256", "realm" => "{{Realm}}", "require" => "valid-user" ),
              "/userhash/" => ( "method" => "digest", "algorithm" => "SHA-256", "userhash" => "enable", "realm" => "{{Realm}}", "require" => "valid-user" )
            )
            """);
    }

    // What htdigest writes: the user, the realm, and the hash of both with the password.
    private static string Account(Func<string, string> hash) => $"{UserName}:{Realm}:{hash($"{UserName}:{Realm}:{Password}")}\n";

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [SuppressMessage("Security", "CA5351", Justification = "The algorithm is what is tested.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
