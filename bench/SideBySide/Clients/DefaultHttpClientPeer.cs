namespace RequestsAsync.SideBySide;

/// <summary><see cref="HttpClient"/> as people use it: one for all, and everything else as it comes.</summary>
internal sealed class DefaultHttpClientPeer(LoadSettings settings) : Peer
{
    private readonly HttpClient _client = Create(settings);
    private readonly string _url = settings.Url;

    public override async Task<long> GetTextAsync()
    {
        string text = await _client.GetStringAsync(_url);
        return text.Length;
    }

    public override async Task<long> GetBytesAsync()
    {
        byte[] body = await _client.GetByteArrayAsync(_url);
        return body.Length;
    }

    public override void Dispose() => _client.Dispose();

    private static HttpClient Create(LoadSettings settings)
    {
        if (settings.Authority is null) return new HttpClient();

        TrustedRoot root = TrustedRoot.FromPem(settings.Authority);
        return new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, errors) => root.Accepts(certificate, errors) });
    }
}
