using Flurl.Http;
using Flurl.Http.Configuration;

namespace RequestsAsync.SideBySide;

/// <summary>Flurl, with one client for all calls.</summary>
internal sealed class FlurlPeer(LoadSettings settings) : Peer
{
    private readonly IFlurlClient _client = Create(settings);
    private readonly string _path = new Uri(settings.Url).AbsolutePath;

    public override async Task<long> GetTextAsync()
    {
        string text = await _client.Request(_path).GetStringAsync();
        return text.Length;
    }

    public override async Task<long> GetBytesAsync()
    {
        byte[] body = await _client.Request(_path).GetBytesAsync();
        return body.Length;
    }

    public override void Dispose() => _client.Dispose();

    private static IFlurlClient Create(LoadSettings settings)
    {
        FlurlClientBuilder builder = new(new Uri(settings.Url).GetLeftPart(UriPartial.Authority));
        if (settings.Authority is { } file)
        {
            TrustedRoot root = TrustedRoot.FromPem(file);
            builder.ConfigureInnerHandler(handler => handler.ServerCertificateCustomValidationCallback = (_, certificate, _, errors) => root.Accepts(certificate, errors));
        }

        return builder.Build();
    }
}
