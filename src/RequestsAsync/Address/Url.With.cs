namespace RequestsAsync;

public sealed partial class Url
{
    private const int StackBuffer = 256;

    /// <summary>The same URL without user name and password.</summary>
    public Url WithoutUserInfo()
    {
        int start = Parts.SchemeEnd + "://".Length;
        int length = Parts.HostStart - start;
        return length == 0 ? this : new Url(Href.Remove(start, length), Parts.WithoutBeforeHost(length));
    }

    /// <summary>The same URL with another query.</summary>
    /// <param name="encodedQuery">The query without <c>?</c>, encoded already: percent sequences stay as they are, and only what no query may
    /// hold is encoded. <see langword="null"/> removes the query with its <c>?</c>.</param>
    public Url WithQuery(string? encodedQuery)
    {
        UrlBuilder href = new(stackalloc char[StackBuffer]);
        try
        {
            href.Append(Href.AsSpan(0, Parts.PathEnd));
            if (encodedQuery is not null)
            {
                href.Append('?');
                href.AppendEncoded(encodedQuery, PercentEncoding.Query);
            }

            int queryEnd = href.Length;
            href.Append(Href.AsSpan(Parts.QueryEnd));
            return new Url(href.Written.ToString(), Parts with { QueryEnd = queryEnd });
        }
        finally
        {
            href.Dispose();
        }
    }

    /// <summary>The same URL with another fragment.</summary>
    /// <param name="fragment">The fragment without <c>#</c>; what no fragment may hold is percent-encoded, percent sequences stay as they are.
    /// <see langword="null"/> removes the fragment with its <c>#</c>.</param>
    public Url WithFragment(string? fragment)
    {
        if (fragment is null && Parts.QueryEnd == Href.Length) return this;

        UrlBuilder href = new(stackalloc char[StackBuffer]);
        try
        {
            href.Append(Href.AsSpan(0, Parts.QueryEnd));
            if (fragment is not null)
            {
                href.Append('#');
                href.AppendEncoded(fragment, PercentEncoding.Fragment);
            }

            return new Url(href.Written.ToString(), Parts);
        }
        finally
        {
            href.Dispose();
        }
    }
}
