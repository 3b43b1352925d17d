using System.Text;
using System.Text.Json;

namespace RequestsAsync.SideBySide;

/// <summary>The least that .NET has over its connection pool: an <see cref="HttpMessageInvoker"/> and a handler with everything turned off.</summary>
internal sealed class InvokerPeer(LoadSettings settings) : Peer
{
    private readonly HttpMessageInvoker _invoker = new(TunedHandler.Create(settings));
    private readonly Uri _url = new(settings.Url);
    private readonly bool _http2 = settings.Http2;

    public override async Task<long> GetTextAsync()
    {
        using HttpResponseMessage response = await SendAsync();
        using BodyBuffer body = await BodyBuffer.ReadAsync(response.Content);
        return Encoding.UTF8.GetString(body.Span).Length;
    }

    public override async Task<long> GetJsonAsync()
    {
        using HttpResponseMessage response = await SendAsync();
        using BodyBuffer body = await BodyBuffer.ReadAsync(response.Content);
        return JsonSerializer.Deserialize(body.Span, DocumentJson.Default.Document)!.Bytes;
    }

    public override async Task<long> GetBytesAsync()
    {
        using HttpResponseMessage response = await SendAsync();
        using BodyBuffer body = await BodyBuffer.ReadAsync(response.Content);
        return body.Span.ToArray().Length;
    }

    public override void Dispose() => _invoker.Dispose();

    private async Task<HttpResponseMessage> SendAsync()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, _url);
        if (_http2) (request.Version, request.VersionPolicy) = (System.Net.HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        HttpResponseMessage response = await _invoker.SendAsync(request, CancellationToken.None);
        return response.EnsureSuccessStatusCode();
    }
}
