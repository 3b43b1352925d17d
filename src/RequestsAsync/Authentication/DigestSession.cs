using System.Globalization;
using System.Text;

namespace RequestsAsync;

/// <summary>Answers with one nonce of a server (RFC 7616 §3.4), counted up from 1. Thread-safe.</summary>
/// <remarks>
/// The client nonce stays the same for all answers: an algorithm with <c>-sess</c> demands that of H(A1), and the
/// others allow it because the count makes each answer differ.
/// </remarks>
internal sealed class DigestSession
{
    private readonly DigestChallenge _challenge;
    private readonly string _userName;
    private readonly string _cnonce;
    private readonly string _a1;
    private uint _count;

    public DigestSession(DigestChallenge challenge, UserCredentials credentials, string cnonce)
    {
        DigestAlgorithm algorithm = challenge.Algorithm;
        _challenge = challenge;
        _userName = challenge.HashesUserName ? algorithm.Hash($"{credentials.UserName}:{challenge.Realm}") : credentials.UserName;
        _cnonce = cnonce;
        _a1 = algorithm.Hash($"{credentials.UserName}:{challenge.Realm}:{credentials.Password}");
        if (algorithm.IsSession) _a1 = algorithm.Hash($"{_a1}:{challenge.Nonce}:{cnonce}");
    }

    private DigestSession(DigestSession previous, string nonce)
    {
        _challenge = previous._challenge with { Nonce = nonce };
        _userName = previous._userName;
        _cnonce = previous._cnonce;
        _a1 = previous._a1;
    }

    public DigestAlgorithm Algorithm => _challenge.Algorithm;

    public string Realm => _challenge.Realm;

    /// <summary>True if an answer needs the body's hash.</summary>
    public bool NeedsBodyHash => _challenge.Qop == DigestQop.AuthInt;

    /// <summary>True if an answer to that challenge would come from this session.</summary>
    public bool Continues(DigestChallenge challenge) =>
        challenge.Nonce == _challenge.Nonce
        && challenge.Realm == Realm
        && challenge.Opaque == _challenge.Opaque
        && challenge.Qop == _challenge.Qop
        && challenge.HashesUserName == _challenge.HashesUserName
        && ReferenceEquals(challenge.Algorithm, Algorithm);

    /// <summary>The session with a nonce that the server gave in advance (RFC 7616 §3.5). It keeps H(A1), which §3.4.2 ties to the challenge.</summary>
    public DigestSession WithNonce(string nonce) => new(this, nonce);

    /// <summary>The field value of <c>Authorization</c> or <c>Proxy-Authorization</c> for one request.</summary>
    /// <param name="method">The method, in the case it is sent.</param>
    /// <param name="requestTarget">The request target exactly as it is sent.</param>
    /// <param name="bodyHash">The body's hash by <see cref="Algorithm"/> where <see cref="NeedsBodyHash"/> asks for it; without it the body counts as empty.</param>
    public string Authorize(string method, string requestTarget, string? bodyHash = null)
    {
        string count = Interlocked.Increment(ref _count).ToString("x8", CultureInfo.InvariantCulture);
        StringBuilder text = new("Digest ", capacity: 512);
        AppendUserName(text);
        AppendQuoted(text, ", realm", _challenge.Realm);
        AppendQuoted(text, ", nonce", _challenge.Nonce);
        AppendQuoted(text, ", uri", requestTarget);
        AppendQuoted(text, ", response", Respond(method, requestTarget, bodyHash, count));
        if (_challenge.AlgorithmName is { } algorithm) text.Append(", algorithm=").Append(algorithm);
        if (_challenge.Opaque is { } opaque) AppendQuoted(text, ", opaque", opaque);
        if (_challenge.Qop != DigestQop.None) text.Append(", qop=").Append(QopName).Append(", nc=").Append(count);
        // RFC 2617 forbids a cnonce where no qop was offered, yet nobody could check a session key without it.
        if (_challenge.Qop != DigestQop.None || Algorithm.IsSession) AppendQuoted(text, ", cnonce", _cnonce);
        if (_challenge.HashesUserName) text.Append(", userhash=true");
        return text.ToString();
    }

    private string QopName => _challenge.Qop == DigestQop.AuthInt ? "auth-int" : "auth";

    private string Respond(string method, string requestTarget, string? bodyHash, string count)
    {
        string a2 = NeedsBodyHash ? $"{method}:{requestTarget}:{bodyHash ?? Algorithm.Hash([])}" : $"{method}:{requestTarget}";
        string a2Hash = Algorithm.Hash(a2);
        return Algorithm.Hash(_challenge.Qop == DigestQop.None
            ? $"{_a1}:{_challenge.Nonce}:{a2Hash}"
            : $"{_a1}:{_challenge.Nonce}:{count}:{_cnonce}:{QopName}:{a2Hash}");
    }

    /// <summary>A name that a quoted string cannot hold goes into <c>username*</c> (RFC 7616 §3.4, RFC 8187).</summary>
    private void AppendUserName(StringBuilder text)
    {
        if (_userName.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            text.Append("username*=UTF-8''").Append(Uri.EscapeDataString(_userName));
        else
            AppendQuoted(text, "username", _userName);
    }

    private static void AppendQuoted(StringBuilder text, string name, string value)
    {
        text.Append(name).Append("=\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\') text.Append('\\');
            text.Append(c);
        }

        text.Append('"');
    }
}
