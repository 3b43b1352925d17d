using System.Text;

namespace RequestsAsync;

/// <summary>The content of a message as an archive holds it: a text, or bytes in base64.</summary>
/// <param name="MimeType">The Content-Type, parameters included; empty or <c>x-unknown</c> where there is none.</param>
internal sealed record HarBody(string MimeType)
{
    /// <summary>The content; <see langword="null"/> where it was not kept.</summary>
    public string? Text { get; init; }

    /// <summary>Whether <see cref="Text"/> is base64.</summary>
    public bool IsBase64 { get; init; }

    /// <summary>How many bytes it has, content codings undone; -1 where nobody knows.</summary>
    public long Size { get; init; }

    /// <summary>How many bytes a content coding has saved on the way; <see langword="null"/> where there was none.</summary>
    public long? Saved { get; init; }

    /// <summary>Whether these are the bytes of a content coding that was not undone.</summary>
    public bool IsCoded { get; init; }

    /// <summary>What a person should know about it.</summary>
    public string? Comment { get; init; }

    /// <summary>Bytes, as text where <see cref="ToBytes"/> gives the same bytes back.</summary>
    public static HarBody Of(ReadOnlySpan<byte> bytes, string mimeType) => TextOf(bytes, mimeType) is { } text
        ? new(mimeType) { Text = text, Size = bytes.Length }
        : new(mimeType) { Text = Convert.ToBase64String(bytes), IsBase64 = true, Size = bytes.Length };

    /// <summary>Bytes as they are on the way: what a coding has done to them is undone where that is possible.</summary>
    /// <param name="wire">The bytes.</param>
    /// <param name="mimeType">The Content-Type.</param>
    /// <param name="codings">The codings of the message.</param>
    /// <param name="isWhole">Whether these are all of them; of a content that broke off counts what can be read.</param>
    /// <param name="maxBytes">How long the content may become.</param>
    public static HarBody Of(byte[] wire, string mimeType, string[] codings, bool isWhole, int maxBytes)
    {
        if (codings.Length == 0 || wire.Length == 0) return Of(wire, mimeType);
        if (ContentDecoding.AreKnown(codings) && HarCodings.Undo(wire, codings, Math.Max(maxBytes, wire.Length), out bool isUndone) is { } content && (isUndone || !isWhole))
            return Of(content, mimeType) with { Saved = content.Length - wire.Length };

        return new(mimeType)
        {
            Text = Convert.ToBase64String(wire),
            IsBase64 = true,
            IsCoded = true,
            Size = wire.Length,
            Comment = $"These are the bytes of {string.Join(", ", codings)}.",
        };
    }

    /// <summary>The bytes again.</summary>
    /// <exception cref="FormatException">It says that it is base64, and is not.</exception>
    public byte[] ToBytes()
    {
        if (Text is null) return [];
        return IsBase64 ? Convert.FromBase64String(Text) : EncodingOf(Text).GetBytes(Text);
    }

    /// <summary>Another text in the place of this one, in the same encoding.</summary>
    public HarBody WithText(string text) => this with { Text = text, Size = EncodingOf(text).GetByteCount(text) };

    private static string? TextOf(ReadOnlySpan<byte> bytes, string mimeType)
    {
        if (bytes.Contains((byte)0)) return null;

        string text = EncodingOf(mimeType, bytes).GetString(bytes);
        return bytes.SequenceEqual(new HarBody(mimeType) { Text = text }.ToBytes()) ? text : null;
    }

    // What a page says of itself stands in its first kilobyte, in ASCII.
    private Encoding EncodingOf(string text) => EncodingOf(MimeType, Encoding.Latin1.GetBytes(text[..Math.Min(text.Length, 1024)]));

    private static Encoding EncodingOf(string mimeType, ReadOnlySpan<byte> start)
    {
        MediaType? type = MediaType.Extract(mimeType);
        if (type?.Encoding is { } named) return named;
        return (type is { IsHtml: true } or { IsXml: true } ? MarkupCharset.Find(start, type.IsHtml) : null) ?? Encoding.UTF8;
    }
}
