using System.Text;

namespace RequestsAsync.Testing;

/// <summary>What a client answers to a Digest challenge: the parameters of its <c>Authorization</c> (RFC 7616 §3.4).</summary>
internal sealed class DigestCredentials
{
    private const string Scheme = "Digest ";

    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private DigestCredentials()
    {
    }

    internal string? this[string name] => _parameters.GetValueOrDefault(name);

    /// <summary>Reads a header value; <see langword="null"/> where it is absent, of another scheme or broken.</summary>
    internal static DigestCredentials? Parse(string? header)
    {
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var credentials = new DigestCredentials();
        ReadOnlySpan<char> rest = header.AsSpan(Scheme.Length).Trim();
        while (!rest.IsEmpty)
        {
            int equals = rest.IndexOf('=');
            if (equals <= 0) return null;
            string name = rest[..equals].Trim().ToString();
            rest = rest[(equals + 1)..].TrimStart();
            if (!TryTakeValue(ref rest, out string value) || !credentials._parameters.TryAdd(name, value)) return null;
        }

        return credentials;
    }

    /// <summary>Whether the response is the one of this password, request and challenge (RFC 7616 §3.4.1).</summary>
    internal bool Prove(string user, string password, DigestAlgorithm algorithm, DigestRequest request)
    {
        if (DigestAlgorithm.Named(this["algorithm"] ?? "MD5").Name != algorithm.Name) return false;
        if (this["qop"] is not ("auth" or "auth-int") || this["nc"] is null || this["cnonce"] is null) return false;

        string a1 = $"{user}:{this["realm"]}:{password}";
        if (algorithm.IsSession) a1 = $"{algorithm.Hash(a1)}:{this["nonce"]}:{this["cnonce"]}";
        string a2 = $"{request.Method}:{request.Target}";
        if (this["qop"] == "auth-int") a2 += ":" + algorithm.Hash(request.Body.Span);
        string expected = algorithm.Hash(
            $"{algorithm.Hash(a1)}:{this["nonce"]}:{this["nc"]}:{this["cnonce"]}:{this["qop"]}:{algorithm.Hash(a2)}");
        return expected == this["response"];
    }

    // A token or a quoted string, and the comma behind it.
    private static bool TryTakeValue(ref ReadOnlySpan<char> rest, out string value)
    {
        value = "";
        if (rest.StartsWith('"'))
        {
            var text = new StringBuilder();
            int i = 1;
            for (; i < rest.Length && rest[i] != '"'; i++)
            {
                if (rest[i] == '\\' && i + 1 < rest.Length) i++;
                text.Append(rest[i]);
            }

            if (i >= rest.Length) return false;
            value = text.ToString();
            rest = rest[(i + 1)..].TrimStart();
        }
        else
        {
            int end = rest.IndexOf(',');
            if (end < 0) end = rest.Length;
            value = rest[..end].Trim().ToString();
            rest = rest[end..];
        }

        if (!rest.IsEmpty && rest[0] != ',') return false;
        rest = rest.TrimStart(", \t");
        return true;
    }
}
