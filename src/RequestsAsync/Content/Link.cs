namespace RequestsAsync;

/// <summary>One link of a Link header (RFC 8288): where it leads, and what is there.</summary>
public sealed class Link
{
    internal Link(string url, IReadOnlyList<string> relations, IReadOnlyDictionary<string, string> parameters)
    {
        Url = url;
        Relations = relations;
        Parameters = parameters;
    }

    /// <summary>Where the link leads.</summary>
    public string Url { get; }

    /// <summary>The relation types, as written: <c>next</c>, or several of <c>rel="next last"</c>. Empty for a link without <c>rel</c>.</summary>
    public IReadOnlyList<string> Relations { get; }

    /// <summary>All parameters, decoded; names are compared without regard to case, the first of a name counts, and <c>title*</c> is found as <c>title</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The title for people, from <c>title*</c> or <c>title</c>.</summary>
    public string? Title => Parameters.GetValueOrDefault("title");

    /// <summary>The media type to expect there.</summary>
    public string? Type => Parameters.GetValueOrDefault("type");

    /// <summary>What the link starts from when that is not the response's own URL (RFC 8288 §3.2), as written.</summary>
    public string? Anchor => Parameters.GetValueOrDefault("anchor");

    /// <summary>Whether the link has this relation type; case does not matter.</summary>
    public bool HasRelation(string relation)
    {
        foreach (string own in Relations)
        {
            if (own.Equals(relation, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>The link as a header has it, with its relations.</summary>
    public override string ToString() => Relations.Count == 0 ? $"<{Url}>" : $"<{Url}>; rel=\"{string.Join(' ', Relations)}\"";
}
