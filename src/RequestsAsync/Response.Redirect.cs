namespace RequestsAsync;

// Where the response sends the client.
public sealed partial class Response
{
    /// <summary>Whether the status is a redirect that can be followed: 301, 302, 303, 307 or 308 with a Location.</summary>
    public bool IsRedirect => RedirectRule.IsRedirect(StatusCode) && _message.Headers.NonValidated.TryGetValues("Location", out System.Net.Http.Headers.HeaderStringValues locations) && locations.ToString().Length > 0;

    /// <summary>
    /// The request that this redirect asks for, ready to send; <see langword="null"/> when <see cref="IsRedirect"/> is not set. To go step by
    /// step, turn <see cref="RequestOptions.FollowRedirects"/> off and send it until there is none.
    /// </summary>
    /// <value>
    /// What the session would send itself (RFC 9110 §15.4): the right method, the content where the method keeps it, and for another origin
    /// no credentials. Timeout, retries, proxy, version of HTTP and <see cref="RequestOptions.FollowRedirects"/> are those of the request that was answered.
    /// </value>
    /// <exception cref="RedirectException">The redirect cannot be followed: a bad Location, from https to http, or content that can be sent only once.</exception>
    public Request? NextRequest => IsRedirect ? new Request(Follow(), Request.Extras?.WithoutSecrets()) : null;

    /// <summary>What follows this redirect.</summary>
    /// <exception cref="RedirectException">It cannot be followed.</exception>
    internal PreparedRequest Follow()
    {
        try
        {
            // Several Location fields are one too many, and joined they are no URL (RFC 9110 §5.3); the first one is what browsers take.
            return RedirectRule.Follow(_prepared.Settings, _prepared, StatusCode, Headers.GetValues("Location")[0]);
        }
        catch (RedirectException e)
        {
            throw Fail(new RedirectException($"{_prepared} failed on attempt {Attempts}: {e.Message}", e.InnerException));
        }
    }
}
