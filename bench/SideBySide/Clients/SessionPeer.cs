namespace RequestsAsync.SideBySide;

/// <summary>This library, with all that a session does by default: cookies, redirects, decompression, hooks, timeouts.</summary>
internal sealed class SessionPeer(LoadSettings settings) : Peer
{
    private readonly Session _session = Sessions.Create(settings);
    private readonly string _url = settings.Url;
    private readonly int _segments = settings.Client == Contenders.ThisLibraryInParts.Name ? 4 : 1;

    public override async Task<long> GetTextAsync()
    {
        Response response = await _session.GetAsync(_url);
        return response.EnsureSuccess().Text.Length;
    }

    public override long GetText() => _session.Get(_url).EnsureSuccess().Text.Length;

    public override async Task<long> GetJsonAsync()
    {
        Response response = await _session.GetAsync(_url);
        return response.EnsureSuccess().Json(DocumentJson.Default.Document).Bytes;
    }

    public override async Task<long> GetBytesAsync()
    {
        Response response = await _session.GetAsync(_url);
        return response.EnsureSuccess().Content.Length;
    }

    public override async Task<long> DownloadAsync(string file)
    {
        DownloadResult result = await _session.DownloadAsync(_url, file, new() { Segments = _segments, Existing = ExistingFile.Replace });
        return result.Bytes;
    }

    public override async Task<long> DiscardAsync()
    {
        await using Response response = await _session.StreamAsync("GET", _url);
        long length = 0;
        await foreach (ReadOnlyMemory<byte> chunk in response.EnsureSuccess().ChunksAsync())
            length += chunk.Length;
        return length;
    }

    public override void Dispose() => _session.Dispose();
}
