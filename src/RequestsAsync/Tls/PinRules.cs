using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync;

/// <summary>The keys that hosts must have.</summary>
internal sealed class PinRules
{
    public const string Option = "TlsOptions.Pins";

    private const string Prefix = "sha256/";
    private const int DigestLength = 44; // 32 bytes in base64

    private readonly List<(string Pattern, string[] Pins)> _rules = [];

    /// <exception cref="InvalidRequestException">A host or a pin is malformed.</exception>
    public PinRules(IDictionary<string, IReadOnlyList<string>>? pins)
    {
        if (pins is null) return;
        foreach ((string host, IReadOnlyList<string> values) in pins)
        {
            // An entry that pins nothing looks like safety and is none.
            if (values is not { Count: > 0 }) throw new InvalidRequestException($"'{host}' in {Option} has no pin. Give at least one, or leave the host out.");

            string[] parsed = new string[values.Count];
            for (int i = 0; i < parsed.Length; i++)
                parsed[i] = Parse(values[i], host);

            _rules.Add((TlsHost.ParsePattern(host, Option), parsed));
        }
    }

    /// <summary>The pin of a certificate's key, as it is written in options.</summary>
    public static string Of(X509Certificate2 certificate) => Prefix + Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <summary>The pins of every rule that means the host; <see langword="null"/> where none does. As in OkHttp any of them will do.</summary>
    public HashSet<string>? Find(string host)
    {
        HashSet<string>? found = null;
        foreach ((string pattern, string[] pins) in _rules)
        {
            if (!TlsHost.Matches(pattern, host)) continue;
            found ??= new(StringComparer.Ordinal);
            found.UnionWith(pins);
        }

        return found;
    }

    /// <summary>A pin in its one form.</summary>
    /// <exception cref="InvalidRequestException">It is malformed.</exception>
    public static string Parse(string pin, string host)
    {
        if (pin is not null && pin.StartsWith(Prefix, StringComparison.Ordinal))
        {
            // curl writes two slashes. One that follows may be base64 itself: only the length tells.
            ReadOnlySpan<char> digest = pin.AsSpan(Prefix.Length);
            if (digest.Length == DigestLength + 1 && digest[0] == '/') digest = digest[1..];

            Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
            if (digest.Length == DigestLength && Convert.TryFromBase64Chars(digest, bytes, out int written) && written == bytes.Length)
                return Prefix + Convert.ToBase64String(bytes);
        }

        throw new InvalidRequestException(
            $"The pin '{pin}' of '{host}' in {Option} is not valid: it must be 'sha256/' and then base64 of the 32 bytes of the SHA-256 of the public key (SubjectPublicKeyInfo).");
    }
}
