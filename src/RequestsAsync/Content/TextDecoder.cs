using System.Buffers;
using System.Text;

namespace RequestsAsync;

/// <summary>Turns a body into text: chooses its encoding and decodes it, whole or chunk by chunk. Malformed bytes become U+FFFD.</summary>
/// <remarks>
/// The charset of the Content-Type counts first, then a byte order mark, then what an HTML or XML document declares, then the
/// default, then UTF-8. An unknown charset counts as none. In chunks, a document that may still declare its encoding is held
/// back, for 1024 bytes at most; any other text comes out at once.
/// </remarks>
internal sealed class TextDecoder
{
    private const int BlockLength = 4096;

    private readonly MediaType? _mediaType;
    private readonly Encoding? _announced;
    private readonly Encoding? _default;
    private byte[]? _undecided;
    private Decoder? _decoder;

    /// <summary>Decodes a body that comes in chunks.</summary>
    public TextDecoder(string? contentType, Encoding? defaultEncoding)
    {
        _mediaType = MediaType.Extract(contentType);
        _announced = _mediaType?.Encoding;
        _default = defaultEncoding;
    }

    /// <summary>Decodes a body whose encoding is known.</summary>
    public TextDecoder(Encoding encoding) => _announced = encoding;

    /// <summary>The encoding, once enough of the body was here to tell it.</summary>
    public Encoding? Encoding { get; private set; }

    /// <summary>Decodes a whole body.</summary>
    public static string Decode(ReadOnlySpan<byte> body, string? contentType, Encoding? defaultEncoding) =>
        Decode(body, Choose(body, contentType, defaultEncoding));

    /// <summary>Decodes a whole body of a media type.</summary>
    public static string Decode(ReadOnlySpan<byte> body, MediaType? mediaType, Encoding? defaultEncoding) =>
        Decode(body, Choose(body, mediaType, mediaType?.Encoding, defaultEncoding));

    /// <summary>Decodes a whole body of a known encoding.</summary>
    public static string Decode(ReadOnlySpan<byte> body, Encoding encoding) => encoding.GetString(ByteOrderMark.Strip(body, encoding));

    /// <summary>The encoding of a body.</summary>
    public static Encoding Choose(ReadOnlySpan<byte> body, string? contentType, Encoding? defaultEncoding)
    {
        MediaType? mediaType = MediaType.Extract(contentType);
        return Choose(body, mediaType, mediaType?.Encoding, defaultEncoding);
    }

    /// <summary>Decodes the next chunk.</summary>
    /// <param name="bytes">The chunk; a character may begin in one and end in another.</param>
    /// <param name="isLast">Whether the body ends with this chunk.</param>
    /// <param name="output">Takes the characters.</param>
    public void Decode(ReadOnlySpan<byte> bytes, bool isLast, IBufferWriter<char> output)
    {
        if (_decoder is null)
        {
            if (_undecided is not null) bytes = (byte[])[.. _undecided, .. bytes];
            if (!isLast && !CanChoose(bytes))
            {
                _undecided = bytes.ToArray();
                return;
            }

            _undecided = null;
            Encoding = Choose(bytes, _mediaType, _announced, _default);
            _decoder = Encoding.GetDecoder();
            bytes = ByteOrderMark.Strip(bytes, Encoding);
        }

        do
        {
            ReadOnlySpan<byte> block = bytes[..Math.Min(bytes.Length, BlockLength)];
            bytes = bytes[block.Length..];
            // Not Convert: that of Decoder itself, which an encoding may inherit, fails when there are no bytes.
            Span<char> room = output.GetSpan(Encoding!.GetMaxCharCount(block.Length));
            output.Advance(_decoder.GetChars(block, room, flush: isLast && bytes.IsEmpty));
        }
        while (!bytes.IsEmpty);
    }

    private static Encoding Choose(ReadOnlySpan<byte> body, MediaType? mediaType, Encoding? announced, Encoding? defaultEncoding)
    {
        Encoding? marked = ByteOrderMark.Detect(body);
        // RFC 2781 §4.1: "utf-16" alone does not tell the byte order, the mark does.
        if (announced is UnicodeEncoding && marked is UnicodeEncoding) return marked;

        return announced ?? marked ?? Declared(body, mediaType) ?? defaultEncoding ?? Encoding.UTF8;
    }

    private static Encoding? Declared(ReadOnlySpan<byte> body, MediaType? mediaType) =>
        mediaType is { IsHtml: true } or { IsXml: true } ? MarkupCharset.Find(body, mediaType.IsHtml) : null;

    /// <summary>Whether more bytes could not change the choice.</summary>
    private bool CanChoose(ReadOnlySpan<byte> start)
    {
        if (ByteOrderMark.MayBegin(start)) return false;
        if (_announced is not null || _mediaType is not ({ IsHtml: true } or { IsXml: true })) return true;
        return start.Length >= MarkupCharset.MaxLength || ByteOrderMark.Detect(start) is not null || Declared(start, _mediaType) is not null;
    }
}
