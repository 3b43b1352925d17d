using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>The differences that are known. One of them counts only where a case was found to fail: what passes in spite of it has passed.</summary>
internal static partial class FramingRules
{
    /// <summary>In order: the first that fits says why.</summary>
    public static IReadOnlyList<FramingRule> All { get; } =
    [
        // Allowed by the specification, and done by the runtime.
        new(FramingFault.Accepted, test => test.HasSurplus,
            "bytes after a whole answer: RFC 9112 §6.3 lets user agents discard them, and the runtime does, with the connection"),
        new(FramingFault.Accepted, test => BareReturn().IsMatch(test.Reply.Head),
            "a carriage return that ends no line: RFC 9112 §2.2 has it refused or replaced by a space, and the runtime replaces it"),
        new(FramingFault.Accepted, test => test.Reply.Head.Contains('\0') || test.Reply.AfterLastChunk?.Contains('\0') == true,
            "a NUL in a field's value: RFC 9110 §5.5 has it refused or replaced by a space, and the runtime replaces it"),
        new(FramingFault.Accepted, test => Fold().IsMatch(test.Reply.Head),
            "a folded value: RFC 9112 §5.2 has user agents read the fold as spaces, as the runtime does"),
        new(FramingFault.Accepted, test => test.Reply.HasPlainHead && test.Reply.ChunkLines.Any(line => EmptyExtension().IsMatch(line)),
            "white space or a lone semicolon after a chunk's size: no extension by RFC 9112 §7.1.1, and the runtime lets it pass as one that it does not know"),
        new(FramingFault.Accepted, test => test.Reply.HasPlainHead && (BareFeed().IsMatch(test.Reply.Head) || test.Reply.ChunkLines.Any(BareFeed().IsMatch)),
            "LF alone ends a line: RFC 9112 §2.2 allows it, and other cases here need it"),
        new(FramingFault.Accepted, test => SpaceBeforeColon().IsMatch(test.Reply.Head),
            "white space between a name and its colon: RFC 9112 §5.1 has servers refuse it in requests and proxies remove it from responses, and the runtime removes it"),
        new(FramingFault.Accepted, test => test.Reply.Values("Content-Length").Distinct(StringComparer.Ordinal).Count() > 1
            && test.Reply.Values("Content-Length").Select(length => length.TrimStart('0')).Distinct(StringComparer.Ordinal).Count() == 1,
            "lengths that are one number in several spellings: equal by RFC 9112 §6.3, and the runtime keeps only the number"),

        // Not HTTP/1.1 by the specification, and not taken by the runtime.
        new(FramingFault.Refused, test => !test.Reply.IsHeadWhole,
            "the connection closes inside the head: incomplete by RFC 9112 §8, and a ConnectionLostException here"),
        new(FramingFault.Refused, test => test.Reply is { AfterLastChunk: { } rest } && !LastLine().IsMatch(rest),
            "the connection closes after the last chunk and before the empty line: RFC 9112 §7.1 wants that line, and a trailer may have been lost"),
        new(FramingFault.Refused, test => EmptyFirstLine().IsMatch(test.Reply.Text),
            "an empty line before the status line: RFC 9112 §2.2 lets servers skip it before requests and nobody before responses, and the runtime refuses it"),
        new(FramingFault.Refused, test => OtherVersion().IsMatch(test.Reply.Text),
            "a major version that is not 1: no message of RFC 9112 §2.3, and the runtime refuses it"),
        new(FramingFault.Refused, test => WideStatusLine().IsMatch(test.Reply.Text),
            "several spaces before the status code: RFC 9112 §4 has one, another case here wants them refused, and the runtime does"),

        // Decided here.
        new(FramingFault.Refused, test => test.Reply.Values("Transfer-Encoding").Any(coding => !Chunked().IsMatch(coding)),
            "a transfer coding that is not chunked alone: its body would be handed over coded, so it is refused, as Go's client does (RFC 9112 §6.1: none was asked for)"),

        new(FramingFault.Refused, test => test.Body?.Contains('\uFFFD', StringComparison.Ordinal) == true,
            "the data has lost the bytes of the body, which cannot be decoded then: U+FFFD stands in their place"),
    ];

    [GeneratedRegex(@"\r(?!\n)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BareReturn();

    [GeneratedRegex(@"(?<!\r)\n", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BareFeed();

    [GeneratedRegex(@"\n[ \t]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fold();

    [GeneratedRegex(@"^[^:\s]+[ \t]+:", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SpaceBeforeColon();

    [GeneratedRegex(@"^[0-9A-Fa-f]+([ \t]+|[ \t]*;[ \t]*)\r?\n", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmptyExtension();

    [GeneratedRegex(@"(^|\n)\r?\n\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastLine();

    [GeneratedRegex(@"^\r?\n|^HTTP/1\.1 1\d\d[^\n]*\n(\r?\n){2,}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmptyFirstLine();

    [GeneratedRegex(@"^HTTP/(?!1\.)\d", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherVersion();

    [GeneratedRegex(@"^HTTP/1\.\d {2,}\d{3}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WideStatusLine();

    [GeneratedRegex("^chunked$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chunked();
}
