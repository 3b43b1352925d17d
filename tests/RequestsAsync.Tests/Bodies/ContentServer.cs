using System.Globalization;

namespace RequestsAsync.Tests;

/// <summary>A raw server that keeps the head and the content of each request, of known length, and answers 200.</summary>
internal sealed class ContentServer : IAsyncDisposable
{
    private readonly RawServer _server;

    public ContentServer() => _server = new(async connection =>
    {
        string head = await connection.ReadHeadAsync();
        Contents.Add(await connection.ReadAsync(LengthIn(head)));
        await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });

    public string Url => _server.Url;

    public List<string> Heads => _server.Heads;

    public List<string> Contents { get; } = [];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static int LengthIn(string head)
    {
        const string Name = "\r\nContent-Length: ";
        int start = head.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        int end = head.IndexOf('\r', start);
        return int.Parse(head.AsSpan(start, end - start), CultureInfo.InvariantCulture);
    }
}
