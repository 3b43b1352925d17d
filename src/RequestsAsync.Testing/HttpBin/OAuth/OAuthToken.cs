namespace RequestsAsync.Testing;

/// <summary>A token that was issued, and what it is good for.</summary>
/// <param name="Client">Whom it was issued to.</param>
/// <param name="User">On whose behalf, or <see langword="null"/> where the client acts for itself.</param>
/// <param name="Scope">What it allows.</param>
/// <param name="Lifetime">How long access tokens of this grant live.</param>
/// <param name="Issued">When, as the clock's timestamp.</param>
internal sealed record OAuthToken(string Client, string? User, string Scope, TimeSpan Lifetime, long Issued);
