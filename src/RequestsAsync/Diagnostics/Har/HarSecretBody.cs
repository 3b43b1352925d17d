using System.Text;
using System.Text.RegularExpressions;

namespace RequestsAsync;

/// <summary>Marks the secrets in the content of a message, whatever its form: text in any encoding, bytes with text in them, parts, codings.</summary>
/// <param name="rules">What is secret.</param>
/// <param name="secrets">What marks a value.</param>
internal sealed partial class HarSecretBody(HarSecretRules rules, HarSecrets secrets)
{
    private const int MaxLookedInto = 64 << 20;

    private readonly HarSecretText _text = new(rules, secrets);

    /// <summary>A content without its secrets.</summary>
    /// <param name="body">The content.</param>
    /// <param name="headers">The fields of its message.</param>
    public HarBody Mark(HarBody body, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        if (body.Text is not { Length: > 0 } text) return body;
        if (body.IsCoded) return Coded(body, HarCodings.Of(headers));

        if (!body.IsBase64 && !IsMultipart(body.MimeType, out _))
        {
            string marked = secrets.Rewritten(_text.Mark(text, body.MimeType));
            return marked == text ? body : body.WithText(marked);
        }

        byte[] bytes = body.ToBytes();
        byte[] made = Bytes(bytes, body.MimeType);
        return made.AsSpan().SequenceEqual(bytes) ? body : HarBody.Of(made, body.MimeType) with { Comment = body.Comment, Saved = body.Saved };
    }

    // Nobody could find the secrets in what nobody can read. Damaged data that shows none stay, for a reader to stumble over them once more.
    private HarBody Coded(HarBody body, string[] codings)
    {
        byte[] bytes = body.ToBytes();
        bool isClean = codings.Length > 0 && ContentDecoding.AreKnown(codings) && HarCodings.Undo(bytes, codings, MaxLookedInto, out _) is { } content
            && IsClean(content, body.MimeType) && IsClean(bytes, body.MimeType);
        return isClean ? body : body with
        {
            Text = null,
            IsBase64 = false,
            Comment = $"Its content coding ({string.Join(", ", codings)}) cannot be undone here, so that secrets in it could not be hidden: it is not kept. KeepsSecrets keeps it.",
        };
    }

    private bool IsClean(byte[] bytes, string mimeType) => Bytes(bytes, mimeType).AsSpan().SequenceEqual(bytes);

    private byte[] Bytes(byte[] bytes, string mimeType)
    {
        if (IsMultipart(mimeType, out string boundary)) return Encoding.Latin1.GetBytes(Parts(Encoding.Latin1.GetString(bytes), boundary));
        if (IsNoText(mimeType)) return bytes;

        Encoding encoding = EncodingOf(bytes, mimeType);
        string text = encoding.GetString(bytes);
        if (!encoding.GetBytes(text).AsSpan().SequenceEqual(bytes)) return Latin1(bytes, mimeType);

        string marked = secrets.Rewritten(_text.Mark(text, mimeType));
        if (marked != text) return encoding.GetBytes(marked);
        return encoding.GetByteCount("a") > 1 ? Latin1(bytes, mimeType) : bytes; // zeros may be there for another reason
    }

    // One character for each byte finds what is ASCII in any content.
    private byte[] Latin1(byte[] bytes, string mimeType)
    {
        string text = Encoding.Latin1.GetString(bytes);
        string marked = _text.Mark(text, mimeType);
        if (!bytes.Contains((byte)0)) marked = secrets.Rewritten(marked);
        return marked == text ? bytes : Encoding.Latin1.GetBytes(marked);
    }

    // Each part is a content with fields of its own.
    private string Parts(string text, string boundary)
    {
        string[] parts = text.Split("--" + boundary);
        for (int i = 1; i < parts.Length; i++)
        {
            (int end, int content) = HarHead.Find(parts[i]);
            int lineEnd = parts[i].EndsWith("\r\n", StringComparison.Ordinal) ? 2 : parts[i].EndsWith('\n') ? 1 : 0; // that of the boundary
            int close = Math.Max(content, parts[i].Length - lineEnd);
            string head = parts[i][..end];
            parts[i] = HarHead.Mark(head, secrets) + parts[i][end..content] + Part(head, parts[i][content..close]) + parts[i][close..];
        }

        return string.Join("--" + boundary, parts);
    }

    private string Part(string head, string content)
    {
        string name = PartName().Match(head).Groups["name"].Value;
        if (content.Length > 0 && name.Length > 0 && rules.IsParameter(name, content)) return secrets.Found(content, HarSecrets.Mark, rules.IsTelling(name, content));

        byte[] bytes = Encoding.Latin1.GetBytes(content);
        return Encoding.Latin1.GetString(Bytes(bytes, HarHead.ValueOf(head, "Content-Type") ?? "text/plain"));
    }

    private static bool IsMultipart(string mimeType, out string boundary)
    {
        MediaType? type = MediaType.Extract(mimeType);
        boundary = type?.Parameter("boundary") ?? "";
        return boundary.Length > 0 && type!.Essence.StartsWith("multipart/", StringComparison.Ordinal);
    }

    // Any change would break them, and texts in them are a picture's own.
    private static bool IsNoText(string mimeType) =>
        Array.Exists((string[])["image/", "audio/", "video/", "font/"], kind => mimeType.StartsWith(kind, StringComparison.OrdinalIgnoreCase)) && !mimeType.Contains("xml", StringComparison.OrdinalIgnoreCase);

    private static Encoding EncodingOf(byte[] bytes, string mimeType)
    {
        Encoding unicode = JsonEncodingDetector.Detect(bytes); // by the mark, or by the zeros of the first character
        if (unicode is not UTF8Encoding) return unicode;
        if (MediaType.Extract(mimeType)?.Encoding is { } named) return named;
        return bytes.Contains((byte)0) ? Encoding.Latin1 : unicode;
    }

    [GeneratedRegex("""\bname="?(?<name>[^";\r\n]*)""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PartName();
}
