namespace RequestsAsync;

/// <summary>Who asks for credentials: the origin server or a proxy. The exchange is the same under other names (RFC 9110 §11.6 and §11.7).</summary>
/// <param name="Status">The status that asks.</param>
/// <param name="Challenge">The field that says what is asked for.</param>
/// <param name="Credentials">The field that answers.</param>
/// <param name="Info">The field that says something about an answer which was accepted (RFC 7615).</param>
internal sealed record AuthSide(int Status, string Challenge, string Credentials, string Info)
{
    public static AuthSide Origin { get; } = new(401, "WWW-Authenticate", "Authorization", "Authentication-Info");

    public static AuthSide Proxy { get; } = new(407, "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info");
}
