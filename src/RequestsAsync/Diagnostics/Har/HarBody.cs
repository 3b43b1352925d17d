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

    /// <summary>The bytes again.</summary>
    /// <exception cref="FormatException">It says that it is base64, and is not.</exception>
    public byte[] ToBytes()
    {
        if (Text is null) return [];
        return IsBase64 ? Convert.FromBase64String(Text) : EncodingOf(MimeType).GetBytes(Text);
    }

    /// <summary>Another text in the place of this one, in the same encoding.</summary>
    public HarBody WithText(string text) => this with { Text = text, Size = EncodingOf(MimeType).GetByteCount(text) };

    private static string? TextOf(ReadOnlySpan<byte> bytes, string mimeType)
    {
        if (bytes.Contains((byte)0)) return null;

        Encoding encoding = EncodingOf(mimeType);
        string text = encoding.GetString(bytes);
        return bytes.SequenceEqual(encoding.GetBytes(text)) ? text : null;
    }

    private static Encoding EncodingOf(string mimeType) => MediaType.Extract(mimeType)?.Encoding ?? Encoding.UTF8;
}
