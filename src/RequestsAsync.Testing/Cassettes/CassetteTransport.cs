namespace RequestsAsync.Testing;

/// <summary>Puts a cassette before one of several transports that share it.</summary>
/// <param name="cassette">The cassette.</param>
/// <param name="inner">Where a request goes that is recorded; disposed with this.</param>
internal sealed class CassetteTransport(Cassette cassette, HttpMessageHandler inner) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _inner = new(inner);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Blocking.Complete(cassette.RunAsync(request, Inner, async: false, cancellationToken));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        cassette.RunAsync(request, Inner, async: true, cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<HttpResponseMessage> Inner(HttpRequestMessage request, bool async, CancellationToken cancellationToken) =>
        async ? await _inner.SendAsync(request, cancellationToken).ConfigureAwait(false) : _inner.Send(request, cancellationToken);
}
