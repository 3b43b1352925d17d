using System.Text;

namespace RequestsAsync.Testing;

/// <summary>How a client says who it is (RFC 6749 §2.3.1): by Basic, or in the form, and not by both.</summary>
internal static class OAuthClient
{
    private const string Basic = "Basic ";

    /// <summary>The client's name, its secret having been right.</summary>
    /// <exception cref="OAuthError">It is not who it says, or says it twice.</exception>
    internal static string Authenticate(BinCall call, OAuthForm form)
    {
        string? header = call.Request.Headers.Authorization;
        string? id = form["client_id"], secret = form["client_secret"];
        if (header is not null)
        {
            if (secret is not null) throw new OAuthError("invalid_request", "The client authenticates both by its header and in the form.");
            (string name, secret) = Decode(header);
            if (id is not null && id != name) throw new OAuthError("invalid_request", "The client_id of the form is not the one of the header.");
            id = name;
        }

        if (id != (call.Args.First("client") ?? "client") || secret != (call.Args.First("secret") ?? "secret"))
            throw new OAuthError("invalid_client", "This client is unknown, or its secret is another.");
        return id;
    }

    // Name and secret are form-encoded before they are put together, which many clients leave out; a plain one decodes to itself.
    private static (string Name, string Secret) Decode(string header)
    {
        byte[] decoded = new byte[header.Length];
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(header[Basic.Length..].Trim(), decoded, out int length))
            throw new OAuthError("invalid_client", "A client authenticates by Basic.");
        string[] parts = Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2);
        if (parts.Length < 2) throw new OAuthError("invalid_client", "The credentials have no colon.");
        return (FormUrlDecoder.Decode(parts[0]), FormUrlDecoder.Decode(parts[1]));
    }
}
