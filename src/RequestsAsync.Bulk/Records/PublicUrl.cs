namespace RequestsAsync.Bulk;

/// <summary>URLs as they are written down.</summary>
internal static class PublicUrl
{
    /// <summary>The URL without user name and password, which are for the server and not for whoever reads the results.</summary>
    /// <param name="url">The URL, or what was to be one.</param>
    public static string Of(string url)
    {
        if (!url.Contains('@', StringComparison.Ordinal)) return url;
        if (Url.TryParse(url, out Url? parsed)) return parsed.UserName is null && parsed.Password is null ? url : parsed.WithoutUserInfo().Href;

        int start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0) return url;

        start += "://".Length;
        int end = url.AsSpan(start).IndexOfAny('/', '?', '#');
        int at = url.AsSpan(start, end < 0 ? url.Length - start : end).LastIndexOf('@');
        return at < 0 ? url : url.Remove(start, at + 1);
    }
}
