using System.Net.Security;

namespace RequestsAsync.Cli;

/// <summary>Cipher suites by their names: those of OpenSSL (<c>ECDHE-RSA-AES128-GCM-SHA256</c>) and of the standard (<c>TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256</c>).</summary>
/// <remarks>What OpenSSL reads beyond names, such as <c>ECDHE+AESGCM</c> or <c>!MD5</c>, depends on its version and its build, and cannot be asked from here.</remarks>
internal static class CipherNames
{
    /// <summary>Reads a list.</summary>
    /// <param name="list">Names with a colon, a comma or a blank between them.</param>
    /// <exception cref="CommandException">One is no name of a suite.</exception>
    public static IReadOnlyList<TlsCipherSuite> Parse(string list)
    {
        Dictionary<string, TlsCipherSuite> suites = new(StringComparer.OrdinalIgnoreCase);
        foreach (TlsCipherSuite suite in Enum.GetValues<TlsCipherSuite>())
        {
            string name = suite.ToString();
            suites[name] = suite;
            suites.TryAdd(OpenSslName(name), suite);
        }

        List<TlsCipherSuite> named = [];
        foreach (string name in list.Split([':', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            named.Add(suites.TryGetValue(name, out TlsCipherSuite suite) ? suite : throw Unknown(name));
        return named.Count > 0 ? named : throw CommandException.Usage("--ciphers names no cipher suite.", Hint);
    }

    private const string Hint = "It reads names: ECDHE-RSA-AES128-GCM-SHA256:TLS_AES_128_GCM_SHA256; 'openssl ciphers' lists them.";

    private static CommandException Unknown(string name) => CommandException.Usage($"--ciphers takes names of single cipher suites, not '{name}'.", Hint);

    // OpenSSL leaves out what is usual, the exchange of keys by RSA and the mode CBC, and writes a cipher and its length as one; the suites of TLS 1.3 have one name alone.
    private static string OpenSslName(string name)
    {
        int with = name.IndexOf("_WITH_", StringComparison.Ordinal);
        if (with < 0) return name;

        string exchange = name[4..with];
        string cipher = name[(with + "_WITH_".Length)..]
            .Replace("AES_", "AES", StringComparison.Ordinal)
            .Replace("CAMELLIA_", "CAMELLIA", StringComparison.Ordinal)
            .Replace("_CBC_", "_", StringComparison.Ordinal)
            .Replace("CHACHA20_POLY1305_SHA256", "CHACHA20_POLY1305", StringComparison.Ordinal);
        return (exchange == "RSA" ? cipher : $"{exchange}_{cipher}").Replace('_', '-');
    }
}
