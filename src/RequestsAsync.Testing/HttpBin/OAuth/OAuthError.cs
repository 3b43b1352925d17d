namespace RequestsAsync.Testing;

/// <summary>Why a token was refused, in the words of RFC 6749 §5.2.</summary>
internal sealed class OAuthError(string code, string description) : Exception(description)
{
    internal string Code => code;
}
