namespace RequestsAsync.Interop;

/// <summary>nginx with files, compression, redirects and a slow location.</summary>
public sealed class NginxServer : RealServer
{
    /// <summary>What /plain.txt holds.</summary>
    public const string Plain = "plain text from nginx\n";

    /// <summary>What /big.bin and /slow/big.bin hold: a megabyte in which every place can be told.</summary>
    public static byte[] Big { get; } = [.. Enumerable.Range(0, 1 << 20).Select(i => (byte)((i * 31) ^ (i >> 8)))];

    protected override string Packages => "nginx-light";

    protected override string Program => "nginx";

    protected override IEnumerable<string> Arguments => ["-e", $"{Root}/start.log", "-p", Root, "-c", $"{Root}/nginx.conf"];

    private protected override void Configure(ScratchFolder scratch)
    {
        scratch.Write("www/plain.txt", Plain);
        scratch.Write("www/page.html", "<p>page</p>\n");
        scratch.Write("www/big.bin", Big);
        scratch.Write("nginx.conf", NginxConfiguration.Of(Root, $$"""
            default_type application/octet-stream;
            types { text/plain txt; text/html html; }
            server {
              listen 127.0.0.1:{{Port}};
              root {{Root}}/www;
              add_header X-Connection $connection;
              add_header X-Requests $connection_requests;
              location /zipped/ { alias {{Root}}/www/; gzip on; gzip_min_length 1; gzip_types text/plain; }
              location /slow/ { alias {{Root}}/www/; limit_rate 2m; }
              location = /moved { return 301 /page.html; }
              location = /kept { return 308 /echo; }
              location = /echo { return 200 "$request_method $content_length"; }
            }
            """));
    }
}
