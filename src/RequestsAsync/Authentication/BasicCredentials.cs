using System.Text;

namespace RequestsAsync;

/// <summary>Basic authentication (RFC 7617).</summary>
internal static class BasicCredentials
{
    /// <summary>The field value of <c>Authorization</c> or <c>Proxy-Authorization</c>, in UTF-8.</summary>
    /// <exception cref="InvalidRequestException">The user name holds a colon, which would end it, or a control character.</exception>
    public static string Encode(string userName, string password)
    {
        // RFC 7617 §2 forbids control characters in passwords too, but curl sends them, and there they harm nobody.
        foreach (char c in userName)
        {
            if (c == ':')
                throw new InvalidRequestException("A user name with ':' cannot be sent by Basic authentication, which ends the name there (RFC 7617 §2).");
            if (char.IsControl(c))
                throw new InvalidRequestException("A user name with a control character cannot be sent by Basic authentication (RFC 7617 §2).");
        }

        return "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}"));
    }
}
