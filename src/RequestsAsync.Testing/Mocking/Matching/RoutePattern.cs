namespace RequestsAsync.Testing;

/// <summary>The URLs that a route is for.</summary>
internal abstract class RoutePattern
{
    /// <summary>What a pattern without names captures.</summary>
    internal static readonly IReadOnlyDictionary<string, string> NoParameters = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether a URL is one of them, and what the names in the pattern stand for.</summary>
    internal abstract bool Matches(Url url, out IReadOnlyDictionary<string, string> parameters);

    /// <summary>Why a URL is none of them; nothing when it is one.</summary>
    internal abstract IEnumerable<Mismatch> Explain(Url url);
}
