using System.Buffers;
using System.Globalization;
using System.Text;

namespace RequestsAsync;

/// <summary>
/// A cookie as a <see cref="CookieJar"/> holds it (RFC 6265bis §5.7): immutable, and equal to another when everything is equal.
/// </summary>
/// <example><code>jar.Set(new Cookie("theme", "dark", "example.com") { IsSecure = true });</code></example>
public sealed record Cookie
{
    private static readonly SearchValues<char> NoHost = SearchValues.Create(" \t/\\?#@[]");

    /// <summary>
    /// Makes a cookie by hand, for the whole site (<see cref="Path"/> is <c>/</c>) and for the session (no <see cref="Expires"/>).
    /// </summary>
    /// <param name="name">The name; may be empty when the value is not.</param>
    /// <param name="value">The value, sent as it is: nothing is quoted or escaped.</param>
    /// <param name="domain">
    /// The host that gets the cookie, <c>example.com</c>; with a leading dot, <c>.example.com</c>, every host below it too
    /// (<see cref="IsHostOnly"/> is false then).
    /// </param>
    /// <exception cref="InvalidRequestException">
    /// A part is missing or cannot be sent: a control character, a <c>;</c>, white space at an end, a <c>=</c> in the name,
    /// over 4096 bytes.
    /// </exception>
    public Cookie(string name, string value, string domain)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(domain);

        Check(name, "name");
        Check(value, "value");
        if (name.Contains('=')) throw new InvalidRequestException($"The cookie name '{name}' holds a '=', which ends a name.");
        if (name.Length == 0 && value.Length == 0) throw new InvalidRequestException("A cookie needs a name or a value.");
        if (CookieSyntax.IsPairTooLong(name, value))
            throw new InvalidRequestException($"The cookie '{name}' is over {CookieSyntax.MaxPairBytes} bytes long, more than a client keeps.");

        Name = name;
        Value = value;
        IsHostOnly = domain is not ['.', ..];
        Domain = ReadDomain(IsHostOnly ? domain : domain[1..]);
    }

    /// <summary>The name, empty for a cookie that is a value alone.</summary>
    public string Name { get; }

    /// <summary>The value, with its quotes where it has any.</summary>
    public string Value { get; }

    /// <summary>The host or the parent of the hosts that get the cookie, in lower case and punycode, without a leading dot.</summary>
    public string Domain { get; }

    /// <summary>Whether only <see cref="Domain"/> itself gets the cookie, and no host below it.</summary>
    public bool IsHostOnly { get; init; }

    /// <summary>The path that a request's must be or be below.</summary>
    /// <exception cref="InvalidRequestException">It does not begin with <c>/</c>, or holds a control character.</exception>
    public string Path
    {
        get;
        init => field = value is ['/', ..] && CookieSyntax.IsSendable(value)
            ? value
            : throw new InvalidRequestException($"The cookie path '{value}' must begin with '/' and hold no control character.");
    } = "/";

    /// <summary>When the cookie ends, or <see langword="null"/> when it lives as long as the session.</summary>
    /// <remarks>A jar brings it to 400 days from now at most (RFC 6265bis §5.5).</remarks>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether it goes over https alone, or to this machine.</summary>
    public bool IsSecure { get; init; }

    /// <summary>Whether scripts of a browser may not see it. Kept and saved; to a client it makes no difference.</summary>
    public bool IsHttpOnly { get; init; }

    /// <summary>What the server asks of requests from other sites.</summary>
    public CookieSameSite SameSite { get; init; }

    /// <summary>When the jar got the first cookie of this name, domain and path; older ones are sent first.</summary>
    public DateTimeOffset Created { get; internal init; }

    /// <summary>The cookie without its value, which may be a secret: <c>sid=…; Domain=example.com; Path=/; Secure</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(Name).Append("=…; Domain=").Append(IsHostOnly ? "" : ".").Append(Domain).Append("; Path=").Append(Path);
        if (Expires is { } expires) text.Append("; Expires=").Append(expires.ToString("R", CultureInfo.InvariantCulture));
        if (IsSecure) text.Append("; Secure");
        if (IsHttpOnly) text.Append("; HttpOnly");
        if (SameSite != CookieSameSite.Default) text.Append("; SameSite=").Append(SameSite);
        return text.ToString();
    }

    internal bool HasExpired(DateTimeOffset now) => Expires <= now;

    private static void Check(string text, string part)
    {
        if (!CookieSyntax.IsSendable(text) || text.Contains(';'))
            throw new InvalidRequestException($"The cookie {part} holds a control character or a ';', which would split the header.");
        if (CookieSyntax.Trim(text).Length != text.Length)
            throw new InvalidRequestException($"The cookie {part} begins or ends with white space, which would not arrive.");
    }

    private static string ReadDomain(string domain)
    {
        string host = domain is ['[', .. var address, ']'] ? address : domain;
        if (host.Length == 0 || host[0] == '.' || host.AsSpan().ContainsAny(NoHost) || !CookieSyntax.IsSendable(host))
            throw new InvalidRequestException($"The cookie domain '{domain}' is no host name, such as example.com or .example.com.");
        if (Ascii.IsValid(host)) return host.ToLowerInvariant();

        try
        {
            return new IdnMapping().GetAscii(host).ToLowerInvariant();
        }
        catch (ArgumentException e)
        {
            throw new InvalidRequestException($"The cookie domain '{domain}' is no host name: {e.Message}", e);
        }
    }
}
