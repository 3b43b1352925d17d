using System.Text;

namespace RequestsAsync.Cli;

/// <summary>The cookies of a curl command: those by hand, and the jar.</summary>
internal static class CurlCookies
{
    private const string SetCookie = "Set-Cookie:";
    private const int MaxCookiesPerDomain = 3000; // curl has no limit of its own for what a file may hold

    /// <summary>
    /// The cookies given by hand: as pairs, which a redirect within the host keeps, or as the field itself where they are no pairs. A Cookie field of <c>-H</c>, an empty one too, stands in for those of <c>-b</c>.
    /// </summary>
    public static (IReadOnlyList<KeyValuePair<string, string>> Pairs, string? Field) ByHand(CurlOperation operation, List<DescribedHeader> given)
    {
        DescribedHeader[] fields = [.. given.Where(static header => CurlFields.IsName(header.Name, "Cookie"))];
        string text = string.Join("; ", fields.Length > 0 ? fields.Select(static header => header.Value).OfType<string>() : operation.Cookies.Where(IsText));
        if (text.Length == 0) return ([], null);

        return Split(text) is { } pairs ? (pairs, null) : ([], text);
    }

    /// <summary>The jar that the command's files fill, or none where it names no file at all.</summary>
    /// <param name="operations">The command.</param>
    /// <param name="host">Where its files are.</param>
    /// <param name="note">Hears of a file with lines that are no cookies; as for curl, that is no error.</param>
    public static CookieJar Jar(IEnumerable<CurlOperation> operations, CurlHost host, Action<string> note)
    {
        CookieJar? jar = null;
        foreach (CurlOperation operation in operations)
        {
            string[] files = [.. operation.Cookies.Where(static cookie => !IsText(cookie))];
            if (files.Length > 0 || operation.CookieJar is not null) jar ??= new(new() { MaxCookiesPerDomain = MaxCookiesPerDomain });
            foreach (string file in files)
                Fill(jar!, file, operation, host, note);
            if (operation.DropsSessionCookies) jar?.RemoveSessionCookies();
        }

        return jar ?? CookieJar.None;
    }

    // A file that is not there is how curl's cookies are turned on. One that is may be a cookies.txt or the head of an answer; what is neither is passed over.
    private static void Fill(CookieJar jar, string file, CurlOperation operation, CurlHost host, Action<string> note)
    {
        string path = host.PathOf(file);
        if (file.Length == 0 || !File.Exists(path)) return;

        bool isHead = false;
        int others = 0;
        foreach (string line in Encoding.UTF8.GetString(CookieFile.Read(path)).Split('\n'))
        {
            if (line.StartsWith(SetCookie, StringComparison.OrdinalIgnoreCase))
            {
                isHead = true;
                string value = line[SetCookie.Length..].Trim();
                jar.SetFromHeader($"https://{DomainOf(value) ?? HostOf(operation)}/", value);
            }
            else if (!TryReadColumns(jar, line))
            {
                others++;
            }
        }

        if (others > 0 && !isHead) note($"The cookie file '{path}' is damaged: {others} of its lines are no cookies, and are left out.");
    }

    private static bool TryReadColumns(CookieJar jar, string line)
    {
        try
        {
            foreach (Cookie cookie in NetscapeCookieFile.Read(line))
                jar.Set(cookie);
            return true;
        }
        catch (InvalidRequestException)
        {
            return false;
        }
    }

    private static string? DomainOf(string cookie)
    {
        foreach (string attribute in cookie.Split(';').Skip(1))
        {
            if (attribute.Split('=', 2) is [{ } name, { } value] && name.Trim().Equals("domain", StringComparison.OrdinalIgnoreCase))
                return value.Trim().TrimStart('.') is { Length: > 0 } domain ? domain : null;
        }

        return null;
    }

    private static string HostOf(CurlOperation operation) =>
        operation.Urls.Count > 0 && Url.TryParse(CurlUrl.WithScheme(operation.Urls[0], operation.DefaultScheme), out Url? url) ? url.Host : "localhost";

    private static bool IsText(string cookie) => cookie.Contains('=', StringComparison.Ordinal);

    private static List<KeyValuePair<string, string>>? Split(string text)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (string cookie in text.Split("; "))
        {
            int equals = cookie.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || cookie.Contains(';', StringComparison.Ordinal) || cookie.AsSpan(0, equals).ContainsAny(" ,\t\"") || cookie != cookie.Trim()) return null;
            if (pairs.Exists(pair => pair.Key == cookie[..equals]) || cookie.Any(static c => c is < ' ' or '\x7f')) return null;
            pairs.Add(new(cookie[..equals], cookie[(equals + 1)..]));
        }

        return pairs;
    }
}
