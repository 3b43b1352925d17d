namespace RequestsAsync;

// What the header fields mean.
public sealed partial class Response
{
    /// <summary>The links of the Link fields (RFC 8288), in their order, each with a URL that is absolute: it was resolved against <see cref="Url"/>.</summary>
    /// <remarks>What is no link is passed over. A link that leads to something other than the web, such as <c>mailto:</c>, stays as it was written.</remarks>
    public IReadOnlyList<Link> Links => Readings.Links ??= LinkParser.Parse(Headers.GetValues("Link"), Resolve);

    /// <summary>What Content-Disposition says (RFC 6266), the file name above all, which is safe to save under; <see langword="null"/> without one.</summary>
    public ContentDisposition? ContentDisposition =>
        Readings.ContentDisposition ??= Headers.GetValues("Content-Disposition") is [var first, ..] ? ContentDisposition.Parse(first) : null;

    /// <summary>The fields that came after the body (RFC 9110 §6.5), where the server sent some; empty until the body was read to its end.</summary>
    /// <remarks>Apart from <see cref="Headers"/>, because whoever sends them vouches for less: nothing here was known when the body began.</remarks>
    public Headers Trailers => ResponseHeaders.TrailersOf(_message);

    /// <summary>
    /// The cookies that this response sets, those of redirects left out: what an empty jar holds after it. Cookies that this host may not
    /// set (RFC 6265bis §5.7) and those that it deletes are not among them. The session's jar has them too, unless it is <see cref="CookieJar.None"/>.
    /// </summary>
    public IReadOnlyList<Cookie> Cookies => Readings.Cookies ??= ReadCookies();

    /// <summary>The first link of a relation type, <c>next</c> for example, or <see langword="null"/> when there is none.</summary>
    /// <param name="relation">The relation type; case does not matter.</param>
    /// <returns>A link from this response: one with an anchor says something about another resource (RFC 8288 §3.2) and is found in <see cref="Links"/> alone.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="relation"/> is <see langword="null"/>.</exception>
    public Link? Link(string relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        foreach (Link link in Links)
        {
            if (link.Anchor is null && link.HasRelation(relation)) return link;
        }

        return null;
    }

    private string? Resolve(string reference) => Url.TryJoin(reference, out Url? url) ? url.ToString() : null;

    private IReadOnlyList<Cookie> ReadCookies()
    {
        IReadOnlyList<string> fields = Headers.GetValues("Set-Cookie");
        if (fields.Count == 0) return [];

        CookieJar jar = new(new CookieJarOptions { TimeProvider = _prepared.Settings.TimeProvider });
        foreach (string field in fields)
            jar.Store(Url, field);
        return [.. jar];
    }
}
