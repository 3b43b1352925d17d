using RequestsAsync.Testing;

namespace RequestsAsync.Interop;

/// <summary>Keeps the bytes of one request after another, and answers 200 with nothing.</summary>
public sealed class RequestRecorder : IAsyncDisposable
{
    private readonly FaultyServer _server = FaultyServer.Start(static script => script.ReadRequest().Reply(200, [("Connection", "close")]));

    /// <summary>Where it listens.</summary>
    public string Url => _server.Url;

    /// <summary>Takes the next request.</summary>
    public async Task<byte[]> TakeAsync(CancellationToken cancellationToken) => (await _server.NextRequestAsync(cancellationToken)).Raw;

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
