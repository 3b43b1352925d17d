using System.Globalization;
using System.Text;

namespace RequestsAsync;

/// <summary>
/// The format of <c>cookies.txt</c>: domain, whether hosts below it count, path, whether https alone, seconds since 1970, name, value.
/// </summary>
internal static class NetscapeCookieFile
{
    private const string Header = "# Netscape HTTP Cookie File\n# Made by RequestsAsync. Who has these cookies has their sessions.\n\n";
    private const string HttpOnly = "#HttpOnly_";
    private const int Columns = 7;

    public static string Write(IEnumerable<Cookie> cookies)
    {
        StringBuilder text = new(Header);
        foreach (Cookie cookie in cookies)
        {
            if (cookie.Name.Contains('\t') || cookie.Path.Contains('\t')) continue;

            if (cookie.IsHttpOnly) text.Append(HttpOnly);
            text.Append(cookie.IsHostOnly ? "" : ".").Append(cookie.Domain).Append('\t');
            text.Append(cookie.IsHostOnly ? "FALSE" : "TRUE").Append('\t');
            text.Append(cookie.Path).Append('\t');
            text.Append(cookie.IsSecure ? "TRUE" : "FALSE").Append('\t');
            text.Append(CultureInfo.InvariantCulture, $"{cookie.Expires?.ToUnixTimeSeconds() ?? 0}\t");
            text.Append(cookie.Name).Append('\t').Append(cookie.Value).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads a file. Only line feeds end a line: a value may hold what Unicode takes for another end.</summary>
    /// <exception cref="InvalidRequestException">A line is no cookie; the message says which.</exception>
    public static List<Cookie> Read(string text)
    {
        List<Cookie> cookies = [];
        int number = 0;
        foreach (Range range in text.AsSpan().TrimStart('\ufeff').Split('\n'))
        {
            number++;
            ReadOnlySpan<char> line = text.AsSpan().TrimStart('\ufeff')[range].TrimEnd('\r');
            bool isHttpOnly = line.StartsWith(HttpOnly, StringComparison.Ordinal);
            if (isHttpOnly) line = line[HttpOnly.Length..];
            else if (line is ['#', ..] || line.IsWhiteSpace()) continue;

            try
            {
                cookies.Add(ReadLine(line) with { IsHttpOnly = isHttpOnly });
            }
            catch (InvalidRequestException e)
            {
                throw new InvalidRequestException($"line {number.ToString(CultureInfo.InvariantCulture)}: {e.Message}", e);
            }
        }

        return cookies;
    }

    private static Cookie ReadLine(ReadOnlySpan<char> line)
    {
        Span<Range> columns = stackalloc Range[Columns];
        int count = line.Split(columns, '\t');

        // An editor that trims lines takes the tab before an empty value away; curl reads such a line too.
        if (count < Columns - 1)
            throw new InvalidRequestException($"{Columns} columns with tabs between them are expected, and there are {count}.");

        ReadOnlySpan<char> domain = line[columns[0]].TrimStart('.');
        bool isHostOnly = !ReadFlag(line[columns[1]]) || CookieDomain.IsAddress(domain);
        return new Cookie(line[columns[5]].ToString(), count < Columns ? "" : line[columns[6]].ToString(), domain.ToString())
        {
            IsHostOnly = isHostOnly,
            Path = line[columns[2]].ToString(),
            IsSecure = ReadFlag(line[columns[3]]),
            Expires = ReadExpiry(line[columns[4]]),
        };
    }

    private static bool ReadFlag(ReadOnlySpan<char> text) =>
        text.Equals("TRUE", StringComparison.OrdinalIgnoreCase)
        || (text.Equals("FALSE", StringComparison.OrdinalIgnoreCase)
            ? false
            : throw new InvalidRequestException($"'{text}' stands where TRUE or FALSE is expected."));

    /// <summary>0, or nothing, is a session cookie. Some exporters write fractions of seconds.</summary>
    private static DateTimeOffset? ReadExpiry(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return null;

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal seconds))
            throw new InvalidRequestException($"'{text}' stands where the expiry is expected, in seconds since 1970.");

        long whole = (long)Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        return whole == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(whole);
    }
}
