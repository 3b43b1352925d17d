namespace RequestsAsync.Cli;

/// <summary>The cookies of a curl command: those by hand, and the jar.</summary>
internal static class CurlCookies
{
    private const int MaxCookiesPerDomain = 3000; // curl has no limit of its own for what a file may hold

    /// <summary>The cookies given by hand: as pairs, which a redirect within the host keeps, or as the field itself where they are no pairs.</summary>
    public static (IReadOnlyList<KeyValuePair<string, string>> Pairs, string? Field) ByHand(CurlOperation operation, List<DescribedHeader> given)
    {
        string text = string.Join("; ", [
            .. operation.Cookies.Where(IsText),
            .. given.Where(static header => CurlFields.IsName(header.Name, "Cookie")).Select(static header => header.Value).OfType<string>(),
        ]);
        if (text.Length == 0) return ([], null);

        return Split(text) is { } pairs ? (pairs, null) : ([], text);
    }

    /// <summary>The jar that the command's files fill, or none where it names no file at all.</summary>
    /// <param name="operations">The command.</param>
    /// <param name="host">Where its files are.</param>
    /// <param name="note">Hears of a file that is damaged; as for curl, that is no error.</param>
    public static CookieJar Jar(IEnumerable<CurlOperation> operations, CurlHost host, Action<string> note)
    {
        CookieJar? jar = null;
        foreach (CurlOperation operation in operations)
        {
            string[] files = [.. operation.Cookies.Where(static cookie => !IsText(cookie))];
            if (files.Length > 0 || operation.CookieJar is not null) jar ??= new(new() { MaxCookiesPerDomain = MaxCookiesPerDomain });
            foreach (string file in files)
                Fill(jar!, file, host, note);
            if (operation.DropsSessionCookies) jar?.RemoveSessionCookies();
        }

        return jar ?? CookieJar.None;
    }

    // A file that is not there is how curl's cookies are turned on.
    private static void Fill(CookieJar jar, string file, CurlHost host, Action<string> note)
    {
        string path = host.PathOf(file);
        if (file.Length == 0 || !File.Exists(path)) return;

        try
        {
            foreach (Cookie cookie in CookieJar.Load(path, CookieFileFormat.Netscape))
                jar.Set(cookie);
        }
        catch (InvalidRequestException e)
        {
            note($"{e.Message} Its cookies are left out.");
        }
    }

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
