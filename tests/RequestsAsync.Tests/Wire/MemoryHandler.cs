using System.Net;

namespace RequestsAsync.Tests;

/// <summary>Answers in memory, by a function.</summary>
internal sealed class MemoryHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public MemoryHandler(Func<HttpRequestMessage, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request)))
    {
    }

    public static HttpResponseMessage Ok(byte[]? body = null) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(body ?? []) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);
}
