using System.Net;
using System.Net.Http.Json;

namespace RequestsAsync.SideBySide;

/// <summary><see cref="HttpClient"/> used well: one for all, over a tuned handler, its responses disposed. The measure of all others.</summary>
internal sealed class HttpClientPeer : Peer
{
    private readonly HttpClient _client;
    private readonly Uri _url;

    /// <param name="settings">What it does.</param>
    /// <param name="sendsSameFields">Whether it sends the fields that this library sends by default, and which by itself it does not.</param>
    public HttpClientPeer(LoadSettings settings, bool sendsSameFields)
    {
        _url = new(settings.Url);
        _client = new(TunedHandler.Create(settings))
        {
            DefaultRequestVersion = settings.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultVersionPolicy = settings.Http2 ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower,
            Timeout = settings.Shape is LoadShape.Download or LoadShape.Discard ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(100),
        };
        if (!sendsSameFields) return;

        _client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "RequestsAsync/0.1.0");
        _client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "*/*");
        _client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
    }

    public override async Task<long> GetTextAsync()
    {
        using HttpResponseMessage response = await _client.GetAsync(_url);
        string text = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        return text.Length;
    }

    public override async Task<long> GetJsonAsync()
    {
        Document? document = await _client.GetFromJsonAsync(_url, DocumentJson.Default.Document);
        return document!.Bytes;
    }

    public override async Task<long> GetBytesAsync()
    {
        byte[] body = await _client.GetByteArrayAsync(_url); // with GetAsync the body would be copied once more
        return body.Length;
    }

    public override async Task<long> DownloadAsync(string file)
    {
        using HttpResponseMessage response = await _client.GetAsync(_url, HttpCompletionOption.ResponseHeadersRead);
        await using FileStream target = new(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        await response.EnsureSuccessStatusCode().Content.CopyToAsync(target);
        return target.Length;
    }

    public override async Task<long> DiscardAsync()
    {
        using HttpResponseMessage response = await _client.GetAsync(_url, HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        byte[] buffer = new byte[80 << 10];
        long length = 0;
        while (await stream.ReadAsync(buffer) is > 0 and int read)
            length += read;
        return length;
    }

    public override void Dispose() => _client.Dispose();
}
