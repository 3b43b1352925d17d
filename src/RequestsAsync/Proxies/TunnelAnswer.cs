using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace RequestsAsync;

/// <summary>The head of what a proxy answers to CONNECT, read to its last byte and not further than the proxy sent it.</summary>
internal sealed class TunnelAnswer
{
    private const int MaxHead = 64 << 10;
    private const int MaxSkipped = 64 << 10;

    private readonly bool _staysOpen;

    private TunnelAnswer(HttpResponseMessage message, int surplus, bool staysOpen)
    {
        Message = message;
        Surplus = surplus;
        _staysOpen = staysOpen;
    }

    public HttpResponseMessage Message { get; }

    /// <summary>How many bytes came along behind the head.</summary>
    public int Surplus { get; }

    /// <summary>Reads a head; <see langword="null"/> if the connection was closed before its first byte.</summary>
    /// <exception cref="FormatException">It is no HTTP/1 head, or none that ends.</exception>
    public static async ValueTask<TunnelAnswer?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4 << 10];
        int filled = 0;
        while (true)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            if (read == 0 && filled == 0) return null;
            if (read == 0) throw new FormatException("the connection closed in the middle of the head.");

            int searchFrom = Math.Max(0, filled - 3);
            filled += read;
            int end = buffer.AsSpan(searchFrom, filled - searchFrom).IndexOf("\r\n\r\n"u8);
            if (end >= 0) return Parse(Encoding.Latin1.GetString(buffer, 0, searchFrom + end), surplus: filled - (searchFrom + end + 4));
            if (filled == MaxHead) throw new FormatException($"the head is longer than {MaxHead >> 10} KiB.");
            if (filled >= 5 && !buffer.AsSpan().StartsWith("HTTP/"u8)) throw NoStatusLine();
            if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    /// <summary>Reads past the content, so that the connection can be asked again.</summary>
    /// <returns>Whether it can be: HTTP/1.0 closes, and so does content without a length; much content is not worth the waiting.</returns>
    public async ValueTask<bool> SkipContentAsync(Stream stream, CancellationToken cancellationToken)
    {
        // Without that field ContentLength would compute one, of the empty content that stands for what is unread.
        if (!_staysOpen || !Message.Content.Headers.NonValidated.TryGetValues("Content-Length", out HeaderStringValues length)) return false;
        if (!long.TryParse(length.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long left)) return false;

        left -= Surplus;
        if (left is < 0 or > MaxSkipped) return false;

        byte[] skipped = new byte[(int)left];
        try
        {
            await stream.ReadExactlyAsync(skipped, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            return false; // closed, which is the answer
        }
    }

    private static TunnelAnswer Parse(string head, int surplus)
    {
        string[] lines = head.Split("\r\n");
        HttpResponseMessage message = ParseStatusLine(lines[0]);
        foreach (string line in lines.AsSpan(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) throw new FormatException("a line of its head is no header field.");

            string name = line[..colon];
            string value = line[(colon + 1)..].Trim(' ', '\t');
            if (!message.Headers.TryAddWithoutValidation(name, value) && !message.Content.Headers.TryAddWithoutValidation(name, value))
                throw new FormatException("a line of its head is no header field.");
        }

        // RFC 9112 §6.3: with a Transfer-Encoding the length is not what Content-Length says.
        bool staysOpen = message.Version == HttpVersion.Version11 && message.Headers.ConnectionClose != true && !message.Headers.NonValidated.Contains("Transfer-Encoding");
        return new TunnelAnswer(message, surplus, staysOpen);
    }

    // RFC 9112 §4: HTTP/1.x SP 3DIGIT SP [reason]; many a proxy leaves the last space out with the reason.
    private static HttpResponseMessage ParseStatusLine(string line)
    {
        bool isStatusLine = line.Length >= 12
            && line.StartsWith("HTTP/1.", StringComparison.Ordinal)
            && char.IsAsciiDigit(line[7])
            && line[8] == ' '
            && (line.Length == 12 || line[12] == ' ');
        if (!isStatusLine || !int.TryParse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status)) throw NoStatusLine();

        string reason = line.Length > 13 ? line[13..].Trim() : "";
        return new HttpResponseMessage((HttpStatusCode)status)
        {
            Version = line[7] == '0' ? HttpVersion.Version10 : HttpVersion.Version11,
            ReasonPhrase = reason.Length > 0 && HeaderRules.ValueProblem(reason) is null ? reason : null,
        };
    }

    private static FormatException NoStatusLine() => new("it does not begin with a status line.");
}
