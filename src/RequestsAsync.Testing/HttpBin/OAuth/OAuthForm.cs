namespace RequestsAsync.Testing;

/// <summary>The parameters of a request for a token (RFC 6749 §3.2): each at most once, and an empty one counts as absent.</summary>
internal sealed class OAuthForm
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    private OAuthForm()
    {
    }

    internal string? this[string name] => _parameters.GetValueOrDefault(name);

    /// <exception cref="OAuthError">A parameter is repeated.</exception>
    internal static OAuthForm Read(Fields fields)
    {
        var form = new OAuthForm();
        foreach ((string name, string value) in fields.Items)
        {
            if (value.Length > 0 && !form._parameters.TryAdd(name, value)) throw new OAuthError("invalid_request", $"{name} is there more than once.");
        }

        return form;
    }

    /// <exception cref="OAuthError">It is absent.</exception>
    internal string Require(string name) => this[name] ?? throw new OAuthError("invalid_request", $"{name} is missing.");
}
