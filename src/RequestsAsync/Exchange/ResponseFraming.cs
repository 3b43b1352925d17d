using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace RequestsAsync;

/// <summary>Holds a response to the rules that say where its body ends: two readers that disagree on it are how responses are smuggled (RFC 9112 §6.3, §11.2).</summary>
/// <remarks>
/// The runtime takes the first <c>Content-Length</c> that it can read and ignores the others, ignores one that it cannot read, and takes <c>chunked</c> anywhere among
/// the transfer codings for the only one. Others on the way may have decided otherwise. A message that was refused is disposed, and its connection with it, unless what
/// the runtime takes for the body is in its buffer already: it then keeps the connection, if nothing is left over.
/// </remarks>
internal static class ResponseFraming
{
    private const string Length = "Content-Length";
    private const string Coding = "Transfer-Encoding";
    private const int MaxShown = 100;

    /// <summary>Checks the fields that frame the body, and puts right what the specification says how to.</summary>
    /// <exception cref="ProtocolException">They leave in doubt where the body ends.</exception>
    public static void Check(HttpResponseMessage message)
    {
        bool isChunked = message.Headers.NonValidated.TryGetValues(Coding, out HeaderStringValues codings) && IsChunked(message, codings);
        if (!message.Content.Headers.NonValidated.TryGetValues(Length, out HeaderStringValues lengths)) return;

        long length = lengths.Count == 1 && Parse(lengths.ToString()) is { } only ? only : Agreed(message, lengths);
        if (isChunked)
        {
            // §6.3: chunked overrides the length, which has to go before anybody believes it. HTTP/1.0 knows no chunks: there the two readers are real.
            if (message.Version < HttpVersion.Version11) throw Refuse(message, $"it is of HTTP/1.0 and has both {Length} and {Coding}.");
            message.Content.Headers.Remove(Length);
        }
    }

    // §7: chunked comes once and last, and nothing but chunked was asked for (no TE is sent), so any other coding would be handed over as if it were content.
    // A field that names chunked twice is a usual mistake of servers and has one meaning; identity is what RFC 2616 called no coding at all.
    private static bool IsChunked(HttpResponseMessage message, HeaderStringValues codings)
    {
        int chunked = 0;
        int identity = 0;
        foreach (string coding in codings)
        {
            if (coding.Equals("chunked", StringComparison.OrdinalIgnoreCase)) chunked++;
            else if (coding.Equals("identity", StringComparison.OrdinalIgnoreCase)) identity++;
        }

        if (chunked > 0 && chunked == codings.Count) return true;
        if (identity == codings.Count) return false;

        // HTTP/1.0 has no transfer codings: what the field says means nothing there, unless the runtime acts on it.
        if (message.Version < HttpVersion.Version11 && message.Headers.TransferEncodingChunked != true) return false;
        throw Refuse(message, $"its {Coding} '{Shown(codings)}' is not chunked alone.");
    }

    // §6.3: several lengths, on lines of their own or as a list, are one length where all are the same.
    private static long Agreed(HttpResponseMessage message, HeaderStringValues lengths)
    {
        string? agreed = null;
        foreach (string line in lengths)
        {
            foreach (string text in line.Split(',', StringSplitOptions.TrimEntries))
            {
                if (Parse(text) is null || (agreed is not null && agreed != text)) throw Refuse(message, $"its {Length} '{Shown(lengths)}' is not one number of bytes.");
                agreed = text;
            }
        }

        long length = Parse(agreed!)!.Value;
        if (message.Content.Headers.ContentLength is null && MayHaveBody(message)) Bound(message, length);
        message.Content.Headers.Remove(Length);
        message.Content.Headers.TryAddWithoutValidation(Length, agreed);
        return length;
    }

    // Digits only (RFC 9110 §8.6): no sign, no space, no more than the runtime can count.
    private static long? Parse(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : null;

    private static bool MayHaveBody(HttpResponseMessage message) =>
        (int)message.StatusCode is not (204 or 304) && message.RequestMessage?.Method != HttpMethod.Head && message.Headers.TransferEncodingChunked != true;

    // A list is no length to the runtime, which would read until the connection closes.
    private static void Bound(HttpResponseMessage message, long length)
    {
        HttpContent endless = message.Content;
        StreamContent content = new(new BoundedStream(endless.ReadAsStream(), length));
        foreach ((string name, HeaderStringValues values) in endless.Headers.NonValidated)
            content.Headers.TryAddWithoutValidation(name, values);
        message.Content = content;
    }

    private static string Shown(HeaderStringValues values)
    {
        string text = values.ToString();
        return text.Length <= MaxShown ? text : text[..MaxShown] + "…";
    }

    private static ProtocolException Refuse(HttpResponseMessage message, string reason)
    {
        message.Dispose();
        return new($"the response leaves in doubt where its body ends: {reason}");
    }
}
