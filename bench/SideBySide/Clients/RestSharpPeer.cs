using System.Security.Cryptography.X509Certificates;
using RestSharp;

namespace RequestsAsync.SideBySide;

/// <summary>RestSharp, by its documentation's first example: one client, a request for each call.</summary>
internal sealed class RestSharpPeer(LoadSettings settings) : Peer
{
    private readonly RestClient _client = Create(settings);
    private readonly string _path = new Uri(settings.Url).AbsolutePath;

    public override async Task<long> GetTextAsync()
    {
        RestResponse response = await _client.ExecuteGetAsync(new RestRequest(_path));
        return response.ThrowIfError().Content!.Length;
    }

    public override async Task<long> GetBytesAsync()
    {
        RestResponse response = await _client.ExecuteGetAsync(new RestRequest(_path));
        return response.ThrowIfError().RawBytes!.Length;
    }

    public override void Dispose() => _client.Dispose();

    private static RestClient Create(LoadSettings settings)
    {
        RestClientOptions options = new(new Uri(settings.Url).GetLeftPart(UriPartial.Authority));
        if (settings.Authority is { } file)
        {
            TrustedRoot root = TrustedRoot.FromPem(file);
            options.RemoteCertificateValidationCallback = (_, certificate, _, errors) => root.Accepts(certificate as X509Certificate2, errors);
        }

        return new RestClient(options);
    }
}
