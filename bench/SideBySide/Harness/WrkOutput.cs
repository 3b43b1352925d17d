using System.Globalization;
using System.Text.RegularExpressions;

namespace RequestsAsync.SideBySide;

/// <summary>Reads what <c>wrk --latency</c> prints.</summary>
internal static partial class WrkOutput
{
    /// <summary>What wrk counted; CPU time and memory are measured from outside.</summary>
    /// <exception cref="FormatException">It printed something else.</exception>
    public static Measurement Parse(string output)
    {
        Match total = Total().Match(output);
        if (!total.Success) throw new FormatException($"wrk printed no total: {output.Trim()}");

        string[] failures = [.. SocketErrors().Matches(output).Concat(BadStatuses().Matches(output)).Select(static match => match.Value.Trim())];
        return new Measurement
        {
            Requests = long.Parse(total.Groups["requests"].Value, CultureInfo.InvariantCulture),
            Errors = failures.Length,
            FirstError = failures.Length > 0 ? failures[0] : null,
            Seconds = MicrosOf(total.Groups["time"].Value) / 1e6,
            UserSeconds = 0,
            SystemSeconds = 0,
            P50Micros = Percentile(output, "50"),
            P99Micros = Percentile(output, "99"),
        };
    }

    private static double? Percentile(string output, string percent)
    {
        foreach (Match match in Percentiles().Matches(output))
        {
            if (match.Groups["percent"].Value == percent) return MicrosOf(match.Groups["time"].Value);
        }

        return null;
    }

    // wrk chooses the unit: 87.00us, 1.53ms, 3.00s, 1.20m
    private static double MicrosOf(string text)
    {
        string number = text.TrimEnd("umsh".ToCharArray());
        double factor = text[number.Length..] switch
        {
            "us" => 1,
            "ms" => 1e3,
            "s" => 1e6,
            "m" => 60e6,
            "h" => 3600e6,
            _ => throw new FormatException($"wrk printed the time {text}."),
        };
        return double.Parse(number, CultureInfo.InvariantCulture) * factor;
    }

    [GeneratedRegex(@"(?<requests>\d+) requests in (?<time>[\d.]+[umsh]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Total();

    [GeneratedRegex(@"^\s+(?<percent>\d+)%\s+(?<time>[\d.]+[umsh]+)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Percentiles();

    [GeneratedRegex(@"Socket errors: .*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SocketErrors();

    [GeneratedRegex(@"Non-2xx or 3xx responses: .*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BadStatuses();
}
