namespace RequestsAsync.Cli;

/// <summary>Who sends the request: what <c>-H</c> says, then <c>-u</c> and its relatives, then the URL, then netrc.</summary>
internal static class CurlCredentials
{
    /// <exception cref="CommandException">A password is missing.</exception>
    public static DescribedAuth? Of(CurlOperation operation, List<DescribedHeader> given, string url)
    {
        if (given.Exists(static header => CurlFields.IsName(header.Name, "Authorization"))) return null;
        if (operation.User is { } user)
        {
            (string name, string password) = CurlValue.Credentials(user, "-u");
            return new(SchemeOf(operation), name, password);
        }

        if (operation.BearerToken is { } token) return new(DescribedAuthScheme.Bearer, "", token);
        (string User, string? Password)? inUrl = InUrl(url);
        if (operation.Netrc is not null && inUrl?.Password is null) return new(DescribedAuthScheme.Netrc, "", operation.Netrc); // a user name chooses among its entries
        return inUrl is { } both && operation.AuthScheme != CurlAuthScheme.Basic ? new(SchemeOf(operation), both.User, both.Password ?? "") : null;
    }

    private static DescribedAuthScheme SchemeOf(CurlOperation operation) => operation.AuthScheme switch
    {
        CurlAuthScheme.Digest => DescribedAuthScheme.Digest,
        CurlAuthScheme.Any => DescribedAuthScheme.Any,
        _ => DescribedAuthScheme.Basic,
    };

    private static (string User, string? Password)? InUrl(string url)
    {
        int start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int end = url.AsSpan(start).IndexOfAny('/', '?', '#');
        string authority = end < 0 ? url[start..] : url[start..(start + end)];
        int at = authority.LastIndexOf('@');
        if (at < 0) return null;

        string[] parts = authority[..at].Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : null);
    }
}
