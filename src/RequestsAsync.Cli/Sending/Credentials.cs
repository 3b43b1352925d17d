namespace RequestsAsync.Cli;

/// <summary>Credentials as they are typed and as a session's file keeps them.</summary>
/// <param name="Type">The scheme.</param>
/// <param name="Raw"><c>user:password</c>, or the token.</param>
internal sealed record Credentials(string Type, string Raw)
{
    public const string Basic = "basic";
    public const string Digest = "digest";
    public const string Bearer = "bearer";

    /// <summary>What sends them; <see langword="null"/> for a scheme that is not known here.</summary>
    public Auth? ToAuth()
    {
        if (Type == Bearer) return Auth.Bearer(Raw);

        int colon = Raw.IndexOf(':', StringComparison.Ordinal);
        (string user, string password) = colon < 0 ? (Raw, "") : (Raw[..colon], Raw[(colon + 1)..]);
        return Type switch { Basic => Auth.Basic(user, password), Digest => Auth.Digest(user, password), _ => null };
    }

    /// <summary>The scheme alone.</summary>
    public override string ToString() => $"<Credentials [{Type}]>";
}
