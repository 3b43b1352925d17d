namespace RequestsAsync.Conformance;

/// <summary>Follows one redirect by the library's rule, credentials in hand.</summary>
internal static class RedirectTarget
{
    private static readonly SessionSettings Session = new(new SessionOptions());

    /// <summary>The request that follows, or <see langword="null"/> where the redirect is refused.</summary>
    public static PreparedRequest? Follow(string from, string location)
    {
        PreparedRequest request = new()
        {
            Settings = Session,
            Method = HttpMethod.Get,
            Url = Url.Parse(from),
            Headers = new() { ["Authorization"] = "Bearer token" },
            MaxResponseBytes = Session.MaxResponseBytes,
        };

        try
        {
            return RedirectRule.Follow(Session, request, status: 302, location);
        }
        catch (RedirectException)
        {
            return null;
        }
    }

    /// <summary>Judges whether the credentials stay behind. A redirect that is refused, as from https to http, hands them to nobody.</summary>
    public static CaseResult Judge(string from, string to, bool isStripped)
    {
        bool arrives = Follow(from, to)?.Headers.Contains("Authorization") ?? false;
        return CaseResult.Equal($"strip_auth {from} to {to}", isStripped, !arrives);
    }
}
