using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>Why a command cannot send here what curl sends: the command says so itself, or one of its options means something else here.</summary>
internal static partial class CurlCommandDifferences
{
    /// <summary>What the command says of a request that it refuses, or makes otherwise, by the words it says it with.</summary>
    private static readonly (string Words, string Reason)[] Told =
    [
        ("cookies are those of the URL's host", "cookies are those of the URL's host, whatever Host says"),
        ("credentials never follow a redirect", "credentials never follow a redirect to another origin (--location-trusted)"),
        ("that is redirected by 30", "a redirected POST becomes a GET (--post301, --post302, --post303)"),
        ("no upgrade to HTTP/2 is offered", "no upgrade to HTTP/2 is offered over plain HTTP (--http2)"),
        ("a proxy is spoken to in HTTP/1.1", "a proxy is spoken to in HTTP/1.1 (--proxy1.0)"),
        ("an answer without a status line", "HTTP/0.9 is an error (--http0.9)"),
        ("A command substitution would run another program", "no other program is run for a command substitution"),
        ("The header name '", "a header's name is a token (RFC 9110 §5.1)"),
        ("Invalid URL '", "the host is none by the URL standard"),
        ("cannot be sent by Basic authentication", "a control character in a user name cannot be sent (RFC 7617 §2)"),
    ];

    /// <summary>The reason, or <see langword="null"/>.</summary>
    /// <param name="command">The command line.</param>
    /// <param name="told">What it said on the error stream, and what stopped it.</param>
    /// <param name="wanted">What curl sends, as it is compared.</param>
    /// <param name="got">What was sent here.</param>
    public static string? Find(string command, string told, string[] wanted, string[] got)
    {
        if (Refusal().Match(told) is { Success: true } refused) return Url().Replace(refused.Value, "the URL");
        foreach ((string words, string reason) in Told)
        {
            if (told.Contains(words, StringComparison.Ordinal)) return reason;
        }

        bool answersChallenge = command.Contains("--digest", StringComparison.Ordinal) || command.Contains("--anyauth", StringComparison.Ordinal);
        if (answersChallenge && Array.Exists(wanted, request => request.Contains("\nauthorization: NTLM", StringComparison.Ordinal))) return "NTLM is not spoken here (--anyauth)";
        if (answersChallenge && wanted[0].EndsWith("\n\n", StringComparison.Ordinal) && got.Length > 0 && !got[0].EndsWith("\n\n", StringComparison.Ordinal)) return "content goes with the request that is still to be challenged (--digest, --anyauth)";
        if (wanted.Length == got.Length && wanted.Zip(got).All(pair => IsSameButForEscapes(pair.First, pair.Second))) return "a character that no URL holds is percent-encoded (RFC 3986 §2), and an empty query left out";
        return OfRedirect(wanted, got);
    }

    // A proof of the password names the target and is made of it: where the one differs, so does the other.
    private static bool IsSameButForEscapes(string wanted, string got)
    {
        (string wantedTarget, string wantedRest) = Unescaped(wanted);
        (string gotTarget, string gotRest) = Unescaped(got);
        if (wantedTarget != gotTarget) return false;
        return wantedRest == gotRest || (!got.StartsWith(LineOf(wanted), StringComparison.Ordinal) && Proof().Replace(wantedRest, "") == Proof().Replace(gotRest, ""));
    }

    private static (string Line, string Fields) Unescaped(string request)
    {
        string line = LineOf(request);
        return (Uri.UnescapeDataString(line).Replace("? HTTP/", " HTTP/", StringComparison.Ordinal), request[line.Length..]);
    }

    private static string LineOf(string request) => request[..request.IndexOf('\n', StringComparison.Ordinal)];

    // Where a redirect led is the URL standard's matter, and whose credentials it may name.
    private static string? OfRedirect(string[] wanted, string[] got)
    {
        if (wanted.Length != got.Length || wanted.Length < 2 || wanted[0] != got[0]) return null;
        if (wanted.Zip(got).All(pair => Spaces(pair.First) == Spaces(pair.Second))) return "a space in a redirect's query is %20, as in the URL standard";
        return wanted.Zip(got).All(pair => Authorization().Replace(pair.First, "") == Authorization().Replace(pair.Second, "")) && wanted[^1].Contains("\nauthorization: Basic", StringComparison.Ordinal)
            ? "credentials that a redirect names are not used" : null;
    }

    private static string Spaces(string request) => request.Replace("%20", "+", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<=^|requests: |\n)[^\n]* is not supported[^\n]*", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Refusal();

    [GeneratedRegex("the URL '[^']*'", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Url();

    [GeneratedRegex("(uri|response)=[^,\\n]*", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Proof();

    [GeneratedRegex("\\nauthorization: [^\\n]*", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Authorization();
}
