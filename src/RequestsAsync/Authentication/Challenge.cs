namespace RequestsAsync;

/// <summary>One challenge of a <c>WWW-Authenticate</c> or <c>Proxy-Authenticate</c> field (RFC 9110 §11.3).</summary>
/// <param name="Scheme">The scheme as the server spelled it; compare with <see cref="Is"/>.</param>
/// <param name="Token68">The opaque data of schemes such as Negotiate, which have no parameters.</param>
/// <param name="Parameters">The parameters in their order, unquoted and unescaped.</param>
internal sealed record Challenge(string Scheme, string? Token68, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    public bool Is(string scheme) => string.Equals(Scheme, scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of a parameter, or <see langword="null"/>. A name must not occur twice (RFC 9110 §11.2); where it does, the first counts.</summary>
    public string? Find(string name)
    {
        foreach (KeyValuePair<string, string> parameter in Parameters)
        {
            if (string.Equals(parameter.Key, name, StringComparison.OrdinalIgnoreCase)) return parameter.Value;
        }

        return null;
    }
}
