namespace RequestsAsync;

/// <summary>A cookie's place in a <see cref="CookieStore"/>.</summary>
/// <param name="cookie">The cookie.</param>
/// <param name="ticket">The store's next number. Numbers rise with every use, so that they order what one tick of the clock cannot.</param>
internal sealed class StoredCookie(Cookie cookie, long ticket)
{
    public Cookie Cookie { get; set; } = cookie;

    /// <summary>The number of its creation.</summary>
    public long Ticket { get; } = ticket;

    /// <summary>The number of its last use: RFC 6265bis' last-access-time.</summary>
    public long LastUse { get; set; } = ticket;

    /// <summary>RFC 6265bis §5.8.3: longer paths first, and of equal ones the older.</summary>
    public static int CompareForSending(StoredCookie x, StoredCookie y)
    {
        int order = y.Cookie.Path.Length.CompareTo(x.Cookie.Path.Length);
        return order != 0 ? order : CompareByAge(x, y);
    }

    public static int CompareByAge(StoredCookie x, StoredCookie y)
    {
        int order = x.Cookie.Created.CompareTo(y.Cookie.Created);
        return order != 0 ? order : x.Ticket.CompareTo(y.Ticket);
    }
}
