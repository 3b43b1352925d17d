using System.Net;

namespace RequestsAsync.Micro;

/// <summary>Answers every request at once, on the caller's thread.</summary>
internal sealed class InstantHandler : HttpMessageHandler
{
    private readonly Answer _answer;

    public InstantHandler(Answer answer) => _answer = answer;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content is null ? Task.FromResult(Respond(request)) : ReadAndRespondAsync(request, request.Content, cancellationToken);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content?.CopyTo(Stream.Null, context: null, cancellationToken);
        return Respond(request);
    }

    private async Task<HttpResponseMessage> ReadAndRespondAsync(HttpRequestMessage request, HttpContent content, CancellationToken cancellationToken)
    {
        await content.CopyToAsync(Stream.Null, cancellationToken);
        return Respond(request);
    }

    private HttpResponseMessage Respond(HttpRequestMessage request)
    {
        ByteArrayContent content = new(_answer.Body);
        content.Headers.TryAddWithoutValidation("Content-Type", _answer.ContentType);
        content.Headers.TryAddWithoutValidation("Content-Length", _answer.Length);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
    }
}
