using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>What curl would print for a response, without the heads.</summary>
internal static partial class CurlOutput
{
    /// <summary>Whether it is what the case expects.</summary>
    public static bool IsExpected(string expected, CurlCommand command, Response response, ReadOnlySpan<byte> body)
    {
        StringBuilder pattern = new(@"\A");
        string rest = expected;
        while (rest.StartsWith("HTTP/", StringComparison.Ordinal) && EndOfHead().Match(rest) is { Success: true } end)
            rest = rest[(end.Index + end.Length)..];

        // What goes to a file is not printed.
        if (!command.IsSaved)
        {
            pattern.Append(Regex.Escape(Encoding.Latin1.GetString(body)));
            foreach ((string name, string value) in response.Trailers)
                pattern.Append(Regex.Escape($"{name}: {value}")).Append(@"\r?\n");
        }

        // Shown after the body; what only curl counts may be anything.
        string written = command.WriteOut.Replace(@"\n", "\n", StringComparison.Ordinal);
        int at = 0;
        foreach (Match variable in Variable().Matches(written))
        {
            pattern.Append(Regex.Escape(written[at..variable.Index]));
            pattern.Append(Value(variable.Groups["name"].Value, response, body.Length) is { } value ? Regex.Escape(value) : @"[^\n]*");
            at = variable.Index + variable.Length;
        }

        pattern.Append(Regex.Escape(written[at..])).Append(@"\z");
        return Regex.IsMatch(rest, pattern.ToString(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    private static string? Value(string name, Response response, int length) => name switch
    {
        "response_code" or "http_code" => response.StatusCode.ToString("000", CultureInfo.InvariantCulture),
        "num_redirects" => response.History.Count.ToString(CultureInfo.InvariantCulture),
        "size_download" => length.ToString(CultureInfo.InvariantCulture),
        "url_effective" => response.Url.Href,
        "content_type" => response.Headers["Content-Type"] ?? "",
        "method" => response.Method,
        _ => null,
    };

    [GeneratedRegex(@"\n\r?\n", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndOfHead();

    [GeneratedRegex(@"%\{(?<name>\w+)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
