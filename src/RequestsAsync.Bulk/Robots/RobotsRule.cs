using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>One line of a robots.txt: a pattern of paths, in which <c>*</c> stands for any characters and a <c>$</c> at the end for the end (RFC 9309 §2.2.3).</summary>
internal sealed class RobotsRule
{
    private const string EncodedDollar = "%24";

    private readonly string[] _pieces;
    private readonly bool _isAnchored;

    /// <summary>Creates a rule.</summary>
    public RobotsRule(string pattern, bool allows)
    {
        string normal = Normalize(pattern);
        _isAnchored = normal.EndsWith('$');
        string text = (_isAnchored ? normal[..^1] : normal).Replace("$", EncodedDollar, StringComparison.Ordinal); // elsewhere it stands for itself
        Pattern = _isAnchored ? text + '$' : text;
        Allows = allows;
        _pieces = text.Split('*');
    }

    /// <summary>The pattern in normal form.</summary>
    public string Pattern { get; }

    /// <summary>Whether it allows what it matches.</summary>
    public bool Allows { get; }

    /// <summary>How specific it is: its length in octets, percent-encoded.</summary>
    public int Length => Pattern.Length;

    /// <summary>The form in which paths are compared: what is not ASCII is percent-encoded, an encoded unreserved character is not, and digits are in upper case (§2.2.2).</summary>
    public static string Normalize(string path)
    {
        if (!path.AsSpan().ContainsAnyExceptInRange('!', '~') && !path.Contains('%', StringComparison.Ordinal)) return path;

        StringBuilder text = new(path.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];
        for (int i = 0; i < path.Length;)
        {
            if (path[i] == '%' && i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]))
            {
                byte octet = Convert.FromHexString(path.AsSpan(i + 1, 2))[0];
                if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~') text.Append((char)octet);
                else AppendEncoded(text, octet);
                i += 3;
                continue;
            }

            Rune.DecodeFromUtf16(path.AsSpan(i), out Rune rune, out int consumed);
            i += consumed;
            if (rune.Value is > ' ' and < 0x7f)
            {
                text.Append((char)rune.Value);
                continue;
            }

            int length = rune.EncodeToUtf8(utf8);
            foreach (byte octet in utf8[..length]) AppendEncoded(text, octet);
        }

        return text.ToString();
    }

    /// <summary>A URL's path in the same form. The characters that mean something in a pattern mean themselves in it, and are encoded, as they are in a pattern that means them (§2.2.3).</summary>
    public static string NormalizePath(string path) =>
        Normalize(path).Replace("$", EncodedDollar, StringComparison.Ordinal).Replace("*", "%2A", StringComparison.Ordinal);

    /// <summary>Whether it matches a path in normal form. Takes time in proportion to the path for each star at most.</summary>
    public bool Matches(string path)
    {
        if (!path.StartsWith(_pieces[0], StringComparison.Ordinal)) return false;
        int at = _pieces[0].Length;
        for (int i = 1; i < _pieces.Length; i++)
        {
            // The last piece of an anchored pattern has to stand at the end; every other takes the first place that it finds.
            if (_isAnchored && i == _pieces.Length - 1) return path.Length - at >= _pieces[i].Length && path.EndsWith(_pieces[i], StringComparison.Ordinal);
            int found = path.IndexOf(_pieces[i], at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + _pieces[i].Length;
        }

        return !_isAnchored || at == path.Length;
    }

    private static void AppendEncoded(StringBuilder text, byte octet) =>
        text.Append('%').Append("0123456789ABCDEF"[octet >> 4]).Append("0123456789ABCDEF"[octet & 0xf]);
}
