using System.Text.Json;
using System.Text.RegularExpressions;
using RequestsAsync.Conformance.Suites;

namespace RequestsAsync.Conformance;

/// <summary>Where curl and this library differ for a reason.</summary>
internal static partial class CurlDifferences
{
    // One counts only where a case was found to fail; the first that fits says why.
    private static readonly (Func<string, CurlCommand, RawReply, bool> Fits, string Reason)[] Differences =
    [
        ((exit, _, reply) => exit == "1" && LaterVersion().IsMatch(reply.Text),
            "a minor version above 1: curl refuses it; RFC 9110 §2.5 has it read as HTTP/1.1, as Go and the runtime do"),
        ((exit, _, reply) => exit == "8" && reply.Values("Location").Distinct(StringComparer.Ordinal).Count() > 1,
            "several Location fields: curl refuses them; this library takes the first, and only where it follows"),
        ((exit, _, reply) => exit == "8" && (BadOctet().IsMatch(reply.Head) || BadOctet().IsMatch(reply.AfterLastChunk ?? "")),
            "a NUL or a lone carriage return in a field's value: RFC 9110 §5.5 has it refused or replaced by a space, and the runtime replaces it"),
        ((exit, _, reply) => exit != "0" && reply.Values("Content-Encoding").Contains("gzip", StringComparer.OrdinalIgnoreCase) && GzipMember().Count(reply.Body) > 1,
            "several gzip members: curl reads one; RFC 1952 §2.2 allows them, and this library reads all"),
        ((exit, _, reply) => exit == "61" && reply.Values("Content-Encoding").Any(IsUnknown),
            "a content coding that is not known: with --compressed curl refuses it; this library hands the body over as it came, as requests and httpx do"),
        ((exit, _, reply) => exit == "0" && reply.Values("Content-Encoding").Contains("zstd", StringComparer.OrdinalIgnoreCase),
            "zstd: .NET 10 cannot decode it, and it is not asked for"),
        ((exit, command, reply) => exit == "0" && !command.IsDecoded && reply.Values("Content-Encoding").Any(),
            "a content coding without --compressed: curl keeps it, this library always undoes it"),
        ((exit, _, reply) => exit == "0" && !reply.Values("Transfer-Encoding").All(coding => coding.Equals("chunked", StringComparison.OrdinalIgnoreCase)),
            "a transfer coding that was not asked for: its body would be handed over coded, so it is refused (RFC 9112 §6.1)"),
        ((exit, _, _) => !CurlExit.IsKnown(exit), "an exit code that is about curl itself"),
    ];

    /// <summary>Why a case is about something that this library does not have; <see langword="null"/> where it can be judged.</summary>
    public static string? Foreign(JsonElement item, CurlCommand command)
    {
        if (command.Foreign is { } option) return $"{option} has no counterpart here";
        if (item.GetProperty("reply") is not { ValueKind: JsonValueKind.Object } reply || !reply.EnumerateObject().Any()) return "no reply is in the data";
        return new[] { "expected_stdout", "expected_output_with_headers" }.Any(name => UrlData.Text(item, name)?.Contains("%include", StringComparison.Ordinal) == true)
            ? "the expected output is in a file that is not in the data"
            : null;
    }

    /// <summary>Why a case that was found to fail is no defect.</summary>
    public static string? Known(string exit, CurlCommand command, RawReply reply) =>
        Differences.FirstOrDefault(difference => difference.Fits(exit, command, reply)).Reason;

    private static bool IsUnknown(string codings) =>
        codings.Split(',', StringSplitOptions.TrimEntries).Any(coding => coding.ToLowerInvariant() is not ("gzip" or "x-gzip" or "deflate" or "br" or "identity" or ""));

    [GeneratedRegex(@"^HTTP/1\.[2-9] ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LaterVersion();

    [GeneratedRegex(@"\0|\r(?!\n)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BadOctet();

    [GeneratedRegex(@"\x1F\x8B\x08", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GzipMember();
}
