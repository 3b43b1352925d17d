using System.Globalization;

namespace RequestsAsync;

/// <summary>IPv6 addresses as hosts: the URL standard's parser, and the serialisation of RFC 5952 §4.</summary>
internal static class Ipv6Host
{
    private const int PieceCount = 8;

    /// <summary>Reads what stands between the brackets. A zone (<c>%eth0</c>) is none of it.</summary>
    /// <param name="text">The address.</param>
    /// <param name="pieces">Its eight 16-bit pieces.</param>
    public static bool TryParse(ReadOnlySpan<char> text, Span<ushort> pieces)
    {
        pieces.Clear();
        int count = 0;
        int gap = -1;

        if (text.StartsWith("::"))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            if (count == PieceCount) return false;

            if (text[0] == ':')
            {
                if (gap >= 0 || count == 0) return false;
                gap = count;
                text = text[1..];
                continue;
            }

            int length = text.IndexOf(':');
            ReadOnlySpan<char> piece = length < 0 ? text : text[..length];
            if (piece.Contains('.'))
            {
                if (length >= 0 || count > PieceCount - 2 || !TryParseIpv4(piece, pieces.Slice(count, 2))) return false;
                count += 2;
                break;
            }

            if (piece.Length > 4 || !TryParseHex(piece, out pieces[count])) return false;
            count++;
            if (length < 0) break;

            text = text[(length + 1)..];
            // A single colon must be followed by a piece or by the second colon of the gap.
            if (text.IsEmpty) return false;
        }

        return gap < 0 ? count == PieceCount : TryFillGap(pieces, gap, count);
    }

    /// <summary>Writes the address in brackets, its longest run of zeros shortened.</summary>
    public static void Write(scoped ReadOnlySpan<ushort> pieces, ref UrlBuilder to)
    {
        (int gap, int gapLength) = LongestZeros(pieces);

        Span<char> hex = stackalloc char[4];
        to.Append('[');
        for (int i = 0; i < PieceCount; i++)
        {
            if (i == gap)
            {
                to.Append("::");
                i += gapLength - 1;
                continue;
            }

            if (i > 0 && i != gap + gapLength) to.Append(':');
            pieces[i].TryFormat(hex, out int written, "x", CultureInfo.InvariantCulture);
            to.Append(hex[..written]);
        }

        to.Append(']');
    }

    private static bool TryFillGap(Span<ushort> pieces, int gap, int count)
    {
        // The gap stands for one piece at least.
        if (count == PieceCount) return false;

        int moved = count - gap;
        pieces.Slice(gap, moved).CopyTo(pieces[(PieceCount - moved)..]);
        pieces[gap..(PieceCount - moved)].Clear();
        return true;
    }

    private static bool TryParseHex(ReadOnlySpan<char> text, out ushort value) =>
        ushort.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads the dotted form at the end, which must be four plain decimal numbers.</summary>
    private static bool TryParseIpv4(ReadOnlySpan<char> text, Span<ushort> pieces)
    {
        int count = 0;
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> part = text[range];
            bool isPlain = part.Length is 1 or 2 or 3 && (part.Length == 1 || part[0] != '0');
            if (count == 4 || !isPlain || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out byte value)) return false;
            pieces[count / 2] = (ushort)(pieces[count / 2] << 8 | value);
            count++;
        }

        return count == 4;
    }

    private static (int Start, int Length) LongestZeros(ReadOnlySpan<ushort> pieces)
    {
        // A single zero is not shortened (RFC 5952 §4.2.2); of equal runs the first is.
        (int Start, int Length) longest = (-1, 1);
        int length = 0;
        for (int i = 0; i < PieceCount; i++)
        {
            length = pieces[i] == 0 ? length + 1 : 0;
            if (length > longest.Length) longest = (i - length + 1, length);
        }

        return longest;
    }
}
