namespace RequestsAsync.Tests;

/// <summary>A raw server that keeps the head and the content of each request, of known length, and answers 200.</summary>
internal sealed class ContentServer : IAsyncDisposable
{
    private readonly FaultyServer _server = FaultyServer.Start(script => script.ReadRequest().Reply(200, [("Connection", "close")]));

    public string Url => _server.Url;

    public IReadOnlyList<string> Heads => _server.Heads;

    public IReadOnlyList<string> Contents => [.. _server.Requests.Select(request => request.Text)];

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
