using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Joins the pieces of <c>-d</c> and its relatives to one content, as curl does.</summary>
internal static class CurlDataText
{
    /// <exception cref="CommandException">A file cannot be read.</exception>
    public static byte[] Join(IEnumerable<CurlData> pieces, CurlHost host)
    {
        using MemoryStream all = new();
        bool isFirst = true;
        foreach (CurlData piece in pieces)
        {
            if (!isFirst && piece.Kind != CurlDataKind.Json) all.WriteByte((byte)'&');
            all.Write(Read(piece, host));
            isFirst = false;
        }

        return all.ToArray();
    }

    /// <summary>A part of a query by the forms of <c>--data-urlencode</c>, or as it is after a plus sign (<c>--url-query</c>).</summary>
    public static string Query(string value, CurlHost host) =>
        value.StartsWith('+') ? value[1..] : Encoding.ASCII.GetString(UrlEncode(value, host));

    private static byte[] Read(CurlData piece, CurlHost host) => piece.Kind switch
    {
        CurlDataKind.UrlEncoded => UrlEncode(piece.Value, host),
        CurlDataKind.Raw => Encoding.UTF8.GetBytes(piece.Value),
        _ when !piece.Value.StartsWith('@') => Encoding.UTF8.GetBytes(piece.Value),
        CurlDataKind.Ascii => [.. host.Read(piece.Value[1..]).Where(static b => b is not ((byte)'\r' or (byte)'\n' or 0))],
        _ => host.Read(piece.Value[1..]),
    };

    // "content", "=content", "name=content", "@file" and "name@file": an equals sign, wherever it is, says that it is no file. The name is sent as it is.
    private static byte[] UrlEncode(string value, CurlHost host)
    {
        int sign = value.IndexOf('=', StringComparison.Ordinal);
        if (sign < 0) sign = value.IndexOf('@', StringComparison.Ordinal);
        string name = sign > 0 ? value[..sign] : "";
        byte[] content = sign >= 0 && value[sign] == '@' ? host.Read(value[(sign + 1)..]) : Encoding.UTF8.GetBytes(sign < 0 ? value : value[(sign + 1)..]);

        string encoded = CurlUrl.Escape(content).Replace("%20", "+", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(name.Length > 0 ? $"{name}={encoded}" : encoded);
    }
}
