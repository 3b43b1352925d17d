using System.Buffers;
using System.Text;

namespace RequestsAsync;

/// <summary>
/// Frames a multipart/form-data body (RFC 7578): gives the bytes that go before each part's content and those that end the
/// body. The contents themselves never pass through here.
/// </summary>
/// <remarks>Names are raw UTF-8 with the three escapes that browsers use: <c>%22</c>, <c>%0D</c>, <c>%0A</c> (HTML Living Standard §4.10.21.8).</remarks>
internal sealed class MultipartWriter
{
    // RFC 2046 §5.1.1; a space may stand inside too, but not at the end, and nobody needs one.
    private static readonly SearchValues<char> BoundaryCharacters =
        SearchValues.Create("'()+_,-./:=?0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly string _boundary;
    private readonly byte[][] _headers;

    /// <param name="boundary">1 to 70 characters that stand in no part's content, such as 32 random hexadecimal digits.</param>
    /// <param name="parts">The parts in the order they are to be sent.</param>
    /// <exception cref="InvalidRequestException">The boundary or a part's header cannot be sent.</exception>
    public MultipartWriter(string boundary, IReadOnlyList<MultipartPart> parts)
    {
        if (boundary.Length is 0 or > 70 || boundary.AsSpan().ContainsAnyExcept(BoundaryCharacters))
            throw new InvalidRequestException("A multipart boundary has 1 to 70 characters: letters, digits and '()+_,-./:=? (RFC 2046 §5.1.1).");

        _boundary = boundary;
        _headers = new byte[parts.Count][];
        Closing = Encoding.ASCII.GetBytes($"{(parts.Count == 0 ? "" : "\r\n")}--{boundary}--\r\n");

        long? length = Closing.Length;
        for (int index = 0; index < parts.Count; index++)
        {
            _headers[index] = Encoding.UTF8.GetBytes(Header(parts[index], isFirst: index == 0));
            length += _headers[index].Length + parts[index].Length;
        }

        Length = length;
    }

    /// <summary>The Content-Type of the whole body.</summary>
    public string ContentType =>
        HeaderRules.IsToken(_boundary) ? $"multipart/form-data; boundary={_boundary}" : $"multipart/form-data; boundary=\"{_boundary}\"";

    /// <summary>The body's length in bytes, or <see langword="null"/> when that of a part is not known.</summary>
    public long? Length { get; }

    /// <summary>What goes after the last part's content.</summary>
    public ReadOnlyMemory<byte> Closing { get; }

    /// <summary>What goes before the content of the part at this index: the end of the part before it, the boundary and the part's headers.</summary>
    public ReadOnlyMemory<byte> HeaderOf(int index) => _headers[index];

    private string Header(MultipartPart part, bool isFirst)
    {
        StringBuilder header = new();
        header.Append(isFirst ? "--" : "\r\n--").Append(_boundary).Append("\r\nContent-Disposition: form-data; name=\"");
        AppendEscaped(header, part.Name);
        if (part.FileName is not null)
        {
            header.Append("\"; filename=\"");
            AppendEscaped(header, part.FileName);
        }

        header.Append("\"\r\n");
        string? contentType = part.ContentType;
        foreach ((string name, string value) in part.Headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) contentType = value;
            else AppendHeader(header, name, value);
        }

        if (contentType is null && part.FileName is not null) contentType = MimeTypeGuesser.Guess(part.FileName);
        if (contentType is not null) AppendHeader(header, "Content-Type", contentType);
        return header.Append("\r\n").ToString();
    }

    private static void AppendHeader(StringBuilder header, string name, string value)
    {
        if (HeaderRules.NameProblem(name) is { } nameProblem)
            throw new InvalidRequestException($"The name of a part's header {nameProblem}.");
        if (HeaderRules.ValueProblem(value) is { } valueProblem)
            throw new InvalidRequestException($"The part header {name} {valueProblem}.");
        if (name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase))
            throw new InvalidRequestException("A part's Content-Disposition is made from its name and file name. Set those instead.");

        header.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    private static void AppendEscaped(StringBuilder header, ReadOnlySpan<char> name)
    {
        while (true)
        {
            int plain = name.IndexOfAny('"', '\r', '\n');
            if (plain < 0)
            {
                header.Append(name);
                return;
            }

            header.Append(name[..plain]).Append(name[plain] switch { '"' => "%22", '\r' => "%0D", _ => "%0A" });
            name = name[(plain + 1)..];
        }
    }
}
