using System.Text;
using RequestsAsync.Testing;

namespace RequestsAsync.Conformance;

/// <summary>A server on loopback that keeps each request byte for byte and answers with given bytes.</summary>
internal sealed class CurlRecorder : IAsyncDisposable
{
    private readonly Func<RecordedRequest, int, byte[]> _reply;
    private readonly Lock _lock = new();
    private readonly FaultyServer _server;

    /// <param name="reply">The reply to a request, from the request and the port.</param>
    public CurlRecorder(Func<RecordedRequest, int, byte[]> reply)
    {
        _reply = reply;
        _server = FaultyServer.Start(script => script.Run(AnswerAsync).HalfClose().WaitForClose());
    }

    public int Port => _server.Port;

    /// <summary>What came so far, in order.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _server.Requests.Where(request => request.IsComplete).Select(Recorded)];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static RecordedRequest Recorded(FaultyRequest request) => RecordedRequest.Parse(Encoding.Latin1.GetString(request.Raw));

    private async Task AnswerAsync(FaultyConnection connection)
    {
        while (await connection.ReadRequestAsync() is { } request)
        {
            byte[] answer;
            lock (_lock) answer = _reply(Recorded(request), _server.Port);
            await connection.WriteAsync(answer);
            if (EndsConnection(answer)) break;
        }
    }

    // Without a length the end of the connection is the end of the body.
    private static bool EndsConnection(byte[] answer)
    {
        string text = Encoding.Latin1.GetString(answer);
        int end = text.IndexOf("\n\r\n", StringComparison.Ordinal) is >= 0 and int crlf ? crlf : text.IndexOf("\n\n", StringComparison.Ordinal);
        string head = end < 0 ? text : text[..end];
        bool isDelimited = head.Contains("Content-Length:", StringComparison.OrdinalIgnoreCase) || head.Contains("chunked", StringComparison.OrdinalIgnoreCase)
            || head.Contains(" 304 ", StringComparison.Ordinal) || head.Contains(" 204 ", StringComparison.Ordinal);
        return !isDelimited || text.Contains("swsclose", StringComparison.Ordinal) || head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase);
    }
}
