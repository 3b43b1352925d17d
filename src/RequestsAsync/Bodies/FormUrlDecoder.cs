using System.Text;

namespace RequestsAsync;

/// <summary>Reads <c>application/x-www-form-urlencoded</c>, of a query or of a form, as the URL standard (§5.1) does: nothing is an error.</summary>
internal static class FormUrlDecoder
{
    /// <summary>The names and values, decoded, in their order.</summary>
    public static List<KeyValuePair<string, string>> Read(string encoded) => Read(Encoding.UTF8.GetBytes(encoded));

    /// <inheritdoc cref="Read(string)"/>
    public static List<KeyValuePair<string, string>> Read(ReadOnlySpan<byte> encoded)
    {
        List<KeyValuePair<string, string>> fields = [];
        foreach (Range range in encoded.Split((byte)'&'))
        {
            ReadOnlySpan<byte> field = encoded[range];
            if (field.IsEmpty) continue;

            int equals = field.IndexOf((byte)'=');
            fields.Add(equals < 0 ? new(Decode(field), "") : new(Decode(field[..equals]), Decode(field[(equals + 1)..])));
        }

        return fields;
    }

    /// <summary>One name or value. Bytes that are no UTF-8 become U+FFFD.</summary>
    public static string Decode(string encoded) => encoded.AsSpan().ContainsAny('%', '+') ? Decode(Encoding.UTF8.GetBytes(encoded)) : encoded;

    private static string Decode(ReadOnlySpan<byte> encoded)
    {
        byte[] decoded = encoded.ToArray();
        decoded.AsSpan().Replace((byte)'+', (byte)' ');
        return Encoding.UTF8.GetString(decoded, 0, PercentEncoding.DecodeInPlace(decoded));
    }
}
