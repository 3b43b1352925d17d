namespace RequestsAsync;

/// <summary>The content of a request in curl's words.</summary>
internal sealed class CurlContent
{
    private const int MaxWordBytes = 100_000; // Linux takes no argument of more than 128 KiB

    private CurlContent(IReadOnlyList<string> words) => Words = words;

    /// <summary>The options that give it.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>What stands before the command and writes the content into its input, for bytes that no argument can hold; empty otherwise.</summary>
    public string Source { get; private init; } = "";

    /// <summary>Whether curl makes the right Content-Type by itself.</summary>
    public bool MakesContentType { get; private init; }

    public static CurlContent Of(PreparedRequest request, RequestOptions? options) => request.Body switch
    {
        null => new([]),
        MultipartBody when FormWords(options) is { } form => new(form) { MakesContentType = true },
        BytesBody bytes => OfBytes(bytes.Content.Span),
        FileBody file => new(["--data-binary", "@" + file.FilePath]),
        StreamBody { FilePath: { } path } => new(["--data-binary", "@" + path]),
        MultipartBody { CanReplay: true, CanWriteBlocking: true } parts => OfBytes(Written(parts)),
        CompressedBody { CanReplay: true, CanWriteBlocking: true } packed => OfBytes(Written(packed), "--header", "Transfer-Encoding: chunked"),
        { Length: null } => new(["--data-binary", "@-", "--header", "Transfer-Encoding: chunked"]),
        _ => new(["--data-binary", "@-"]),
    };

    private static CurlContent OfBytes(ReadOnlySpan<byte> bytes, params string[] others)
    {
        if (bytes.Length <= MaxWordBytes && CurlQuoting.Word(bytes) is { } text) return new(["--data-raw", text, .. others]);
        return new(["--data-binary", "@-", .. others]) { Source = $"echo {Convert.ToBase64String(bytes)} | base64 -d | " };
    }

    private static byte[] Written(Body body)
    {
        using MemoryStream bytes = new();
        body.WriteTo(bytes, CancellationToken.None);
        return bytes.ToArray();
    }

    // The parts, where curl can make each of them: a file on disk, or a field whose value an argument can hold.
    private static List<string>? FormWords(RequestOptions? options)
    {
        List<string> words = [];
        foreach ((string name, ParameterValue values) in options?.FormOrNull ?? [])
        {
            for (int i = 0; i < values.Count; i++)
            {
                if (!AddField(words, name, values[i])) return null;
            }
        }

        foreach ((string name, Upload upload) in options?.FilesOrNull ?? [])
        {
            if (!AddPart(words, name, upload)) return null;
        }

        return words;
    }

    private static bool AddField(List<string> words, string name, string value)
    {
        if (name.Contains('=', StringComparison.Ordinal) || value.Contains('\0', StringComparison.Ordinal)) return false;

        words.Add("--form-string");
        words.Add($"{name}={value}");
        return true;
    }

    private static bool AddPart(List<string> words, string name, Upload upload)
    {
        if (name.Contains('=', StringComparison.Ordinal) || name.Length == 0) return false;

        Headers? headers = upload.HeadersOrNull;
        string type = headers?["Content-Type"] ?? upload.ContentType ?? "";
        if (upload.FilePath is { } path && upload.FileName != "")
        {
            string fileName = upload.FileName ?? name;
            words.Add("--form");
            words.Add($"{name}=@{InQuotes(path)};filename={InQuotes(fileName)};type={(type.Length > 0 ? type : MimeTypeGuesser.Guess(fileName))}{HeadersOf(headers)}");
            return true;
        }

        // A field; one with a file's name can be made of a file alone.
        if (upload.FileName != "" || upload.Content is not BytesBody content || CurlQuoting.Word(content.Content.Span) is not { } text) return false;
        if (type.Length == 0 && headers is not { Count: > 0 }) return AddField(words, name, text);

        words.Add("--form");
        words.Add($"{name}={InQuotes(text)}{(type.Length > 0 ? ";type=" + type : "")}{HeadersOf(headers)}");
        return true;
    }

    private static string HeadersOf(Headers? headers) => string.Concat((headers ?? [])
        .Where(static header => !header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
        .Select(static header => $";headers={InQuotes($"{header.Key}: {header.Value}")}"));

    private static string InQuotes(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
