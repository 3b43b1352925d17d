namespace RequestsAsync;

/// <summary>IPv4 addresses as hosts, in every form that the URL standard takes: <c>127.1</c>, <c>0x7f000001</c>, <c>017700000001</c>.</summary>
internal static class Ipv4Host
{
    /// <summary>Whether the host's last label is a number, so that the host must be an address.</summary>
    public static bool EndsInNumber(ReadOnlySpan<char> host)
    {
        if (host.EndsWith('.')) host = host[..^1];
        ReadOnlySpan<char> last = host[(host.LastIndexOf('.') + 1)..];
        // "09" is no octal number and yet looks like one, so a host that ends in it is an address, and a wrong one.
        return !last.IsEmpty && (!last.ContainsAnyExceptInRange('0', '9') || TryParseNumber(last, out _));
    }

    /// <summary>Reads the address; the host must end in a number.</summary>
    public static bool TryParse(ReadOnlySpan<char> host, out uint address)
    {
        address = 0;
        if (host.EndsWith('.')) host = host[..^1];

        int partCount = host.Count('.') + 1;
        if (partCount > 4) return false;

        ulong value = 0;
        int remaining = partCount;
        foreach (Range range in host.Split('.'))
        {
            if (!TryParseNumber(host[range], out ulong part)) return false;

            // The last part fills all bytes that are left.
            remaining--;
            ulong limit = remaining > 0 ? 256 : 1UL << (8 * (5 - partCount));
            if (part >= limit) return false;
            value |= remaining > 0 ? part << (8 * (4 - partCount + remaining)) : part;
        }

        address = (uint)value;
        return true;
    }

    /// <summary>Writes the address with four decimal parts.</summary>
    public static void Write(uint address, ref UrlBuilder to)
    {
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            to.Append((int)(address >> shift & 0xFF));
            if (shift > 0) to.Append('.');
        }
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        if (text.IsEmpty) return false;

        uint radix = 10;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            radix = 16;
            text = text[2..];
        }
        else if (text.Length > 1 && text[0] == '0')
        {
            radix = 8;
            text = text[1..];
        }

        foreach (char c in text)
        {
            uint digit = char.IsAsciiDigit(c) ? c - (uint)'0' : char.IsAsciiHexDigit(c) ? (c | 0x20u) - 'a' + 10 : uint.MaxValue;
            if (digit >= radix) return false;
            // Whatever exceeds an address stays there, however long it is.
            value = Math.Min(value * radix + digit, 1UL << 33);
        }

        return true;
    }
}
