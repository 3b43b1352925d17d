namespace RequestsAsync;

/// <summary>Requests that say no more than method and URL, kept for the next time: most programs ask for the same few again and again.</summary>
/// <remarks>
/// A table of fixed size in which a newcomer takes the place of whoever stands there. Requests never change, so nothing can be read half-written:
/// at worst one that was just replaced is described anew. What is decided about a request is kept in it (see <see cref="Preparation"/>).
/// </remarks>
internal sealed class PlainRequests
{
    private const int Size = 128; // a power of two

    /// <summary>How long a URL may be, in characters, to be kept while the session lasts: longer ones are seldom asked for twice, and all together take 50 kB at most.</summary>
    public const int MaxLength = 200;

    private readonly Request?[] _kept = new Request?[Size];

    /// <summary>The request of that method and URL.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> or <paramref name="url"/> is <see langword="null"/>.</exception>
    public Request Get(string method, string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        ref Request? place = ref _kept[Hash(url) & (Size - 1)];
        if (place is { } kept && kept.Url == url && kept.Method == method) return kept;

        Request request = new(method, url);

        // A URL that holds a password is held no longer than the call lasts.
        if (url.Length <= MaxLength && !url.Contains('@', StringComparison.Ordinal)) place = request;
        return request;
    }

    // URLs differ at their ends; who makes them collide makes them slower by the time it takes to read one.
    private static int Hash(ReadOnlySpan<char> url)
    {
        uint hash = (uint)url.Length;
        foreach (char c in url.Length > 16 ? url[^16..] : url)
            hash = (hash * 31) + c;
        return (int)(hash ^ (hash >> 15));
    }
}
