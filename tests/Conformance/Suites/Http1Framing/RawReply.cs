using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>A server's bytes, cut into the lines that frame them: for rules that say what is special about them.</summary>
internal sealed partial class RawReply
{
    public RawReply(byte[] raw)
    {
        Text = Encoding.Latin1.GetString(raw);
        Match end = EndOfHead().Match(Text);
        IsHeadWhole = end.Success;
        Head = end.Success ? Text[..(end.Index + end.Length)] : Text;
        Body = Text[Head.Length..];
        ChunkLines = IsChunked ? [.. Chunks()] : [];
    }

    /// <summary>All of it, a character for each octet.</summary>
    public string Text { get; }

    /// <summary>Up to the empty line, that included.</summary>
    public string Head { get; }

    public bool IsHeadWhole { get; }

    /// <summary>Whether nothing in the head is odd but perhaps the ends of its lines.</summary>
    public bool HasPlainHead => PlainHead().IsMatch(Head) && Values("Content-Length").Distinct(StringComparer.Ordinal).Count() <= 1;

    public string Body { get; }

    /// <summary>The lines before the chunks, with their ends.</summary>
    public IReadOnlyList<string> ChunkLines { get; }

    /// <summary>What comes after the line of the last chunk, if that is here.</summary>
    public string? AfterLastChunk { get; private set; }

    public bool IsChunked => Values("Transfer-Encoding").LastOrDefault()?.EndsWith("chunked", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The values of a field, line by line.</summary>
    public IEnumerable<string> Values(string name) =>
        Field().Matches(Head).Where(field => field.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Groups["value"].Value.Trim());

    // Read as laxly as can be, since it is the odd ones that matter.
    private IEnumerable<string> Chunks()
    {
        int at = 0;
        while (Text.IndexOf('\n', Head.Length + at) is >= 0 and int end)
        {
            string line = Body[at..(end + 1 - Head.Length)];
            yield return line;
            if (!int.TryParse(Size().Match(line).Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int size)) yield break;

            at += line.Length;
            if (size == 0)
            {
                AfterLastChunk = Body[at..];
                yield break;
            }

            at = Body.IndexOf('\n', Math.Min(Body.Length, at + size)) + 1;
            if (at == 0) yield break;
        }
    }

    [GeneratedRegex(@"\n\r?\n", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndOfHead();

    [GeneratedRegex(@"\AHTTP/1\.[01] \d{3}( [^\0\r\n]*)?\r?\n(Content-Length:[ \t]*\d+[ \t]*\r?\n|Transfer-Encoding:[ \t]*chunked[ \t]*\r?\n|(?!Content-Length|Transfer-Encoding)[\w-]+:[^\0\r\n]*\r?\n)*\r?\n\z", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainHead();

    [GeneratedRegex(@"^(?<name>[^:\s]+)[ \t]*:(?<value>[^\n]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Field();

    [GeneratedRegex("^[0-9A-Fa-f]{1,7}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Size();
}
