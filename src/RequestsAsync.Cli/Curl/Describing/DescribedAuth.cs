namespace RequestsAsync.Cli;

/// <summary>Who sends a request that is described.</summary>
/// <param name="Scheme">How it is proved.</param>
/// <param name="User">The user name; empty for a token.</param>
/// <param name="Secret">The password, or the token.</param>
internal sealed record DescribedAuth(DescribedAuthScheme Scheme, string User, string Secret);
