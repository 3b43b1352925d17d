using System.Buffers;
using System.Globalization;
using System.Text;

namespace RequestsAsync.Testing;

/// <summary>Reads <c>application/x-www-form-urlencoded</c> as the URL standard (§5.1) does: nothing is an error.</summary>
internal static class UrlEncoded
{
    internal static Fields Parse(ReadOnlySpan<byte> text)
    {
        var fields = new Fields();
        foreach (Range range in text.Split((byte)'&'))
        {
            ReadOnlySpan<byte> field = text[range];
            if (field.IsEmpty) continue;
            int equals = field.IndexOf((byte)'=');
            if (equals < 0) fields.Add(Decode(field), "");
            else fields.Add(Decode(field[..equals]), Decode(field[(equals + 1)..]));
        }

        return fields;
    }

    /// <summary>One name or value, decoded.</summary>
    internal static string DecodeValue(string text) => Decode(Encoding.UTF8.GetBytes(text));

    // Bytes that are no UTF-8 become U+FFFD.
    private static string Decode(ReadOnlySpan<byte> text)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(text.Length);
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte value = text[i];
            if (value == '+') value = (byte)' ';
            else if (value == '%' && i + 2 < text.Length
                && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte escaped))
            {
                value = escaped;
                i += 2;
            }

            rented[length++] = value;
        }

        string decoded = Encoding.UTF8.GetString(rented, 0, length);
        ArrayPool<byte>.Shared.Return(rented);
        return decoded;
    }
}
