using System.Text;

namespace RequestsAsync.Testing.Tests;

/// <summary>Answers in memory, and counts.</summary>
internal sealed class FakeOrigin(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    private int _count;

    internal int Count => _count;

    internal static HttpResponseMessage Text(string text, string type = "text/plain", int status = 200) =>
        new((System.Net.HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, type) };

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        request.Content?.CopyTo(Stream.Null, null, cancellationToken);
        HttpResponseMessage response = answer(request);
        response.RequestMessage = request;
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        if (request.Content is { } content) await content.CopyToAsync(Stream.Null, cancellationToken);
        HttpResponseMessage response = answer(request);
        response.RequestMessage = request;
        return response;
    }
}
