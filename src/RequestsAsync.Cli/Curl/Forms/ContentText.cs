using System.Text;

namespace RequestsAsync.Cli;

/// <summary>What content is, for a form that is read by people.</summary>
internal static class ContentText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes as text, or <see langword="null"/> when they are none.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0)) return null;

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The media type that a request names for its content: its header, or what the content says.</summary>
    public static string? TypeOf(DescribedRequest request) =>
        HeaderOf(request) ?? request.Content switch
        {
            DescribedContent.Bytes bytes => bytes.ContentType,
            DescribedContent.File file => file.ContentType,
            DescribedContent.Input input => input.ContentType,
            _ => null,
        };

    /// <summary>The fields of a form, where its text is one that any encoder writes so; otherwise <see langword="null"/>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? FieldsOf(DescribedRequest request)
    {
        if (request.Content is not DescribedContent.Bytes { Content.Length: > 0, ContentType: "application/x-www-form-urlencoded" } bytes || Of(bytes.Content.Span) is not { } text) return null;

        List<KeyValuePair<string, string>> fields = [];
        foreach (string field in text.Split('&'))
        {
            string[] pair = field.Split('=');
            if (pair is not [{ Length: > 0 } name, var value] || !IsPlain(name) || !IsPlain(value)) return null;
            fields.Add(new(name, value));
        }

        return fields;
    }

    /// <summary>The header fields but for those that the content or the library sees to.</summary>
    public static IEnumerable<DescribedHeader> HeadersOf(DescribedRequest request) => request.Headers.Where(header =>
        !(CurlFields.IsName(header.Name, "Content-Type") && request.Content is not null)
        && !(CurlFields.IsName(header.Name, "Accept-Encoding") && header.Value is null)); // an answer is decoded by itself

    private static string? HeaderOf(DescribedRequest request) =>
        request.Headers.FirstOrDefault(static header => CurlFields.IsName(header.Name, "Content-Type")).Value;

    private static bool IsPlain(string text) => text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
}
