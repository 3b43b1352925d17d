using System.Security.Cryptography;

namespace RequestsAsync.Cli;

/// <summary>Puts a request together from its items, the options and the input.</summary>
internal static class RequestDescription
{
    private const string JsonType = "application/json";
    private const string JsonAccept = "application/json, */*;q=0.5"; // as HTTPie: JSON is preferred, and anything else is better than a 406
    private const string FormType = "application/x-www-form-urlencoded; charset=utf-8";

    /// <summary>Makes what the request says beyond method and URL.</summary>
    /// <param name="items">The items.</param>
    /// <param name="settings">What the options say of the body.</param>
    /// <param name="remembered">The header fields of a named session.</param>
    /// <param name="readInput">Gives the body that comes from the input, or <see langword="null"/>. It is called only where nothing else gives one.</param>
    /// <exception cref="CommandException">The items or the options make no sense.</exception>
    public static async Task<RequestOptions> MakeAsync(RequestItems items, ContentSettings settings, Headers remembered, Func<Task<Body?>> readInput)
    {
        if (settings.Raw is not null && items.HasContent) throw CommandException.Usage("--raw is the whole body, and the items would add to it.", "Choose one of them.");

        RequestOptions options = new() { Query = items.Query };
        if (settings.Raw is { } text) options.Content = Body.FromText(text, contentType: null);
        else if (items.RawFile is { } file) options.Content = FileContent(file);
        else if (items.HasContent) AddFields(options, items.Content, settings.Kind);
        else if (settings.ReadsInput) options.Content = await readInput().ConfigureAwait(false);

        AddDefaults(options, items, settings);
        items.AddHeadersTo(options.Headers, remembered);
        if (options.Files.Count > 0) SeparateParts(options.Headers, settings.Boundary);
        return options;
    }

    /// <summary>Whether the request has a body.</summary>
    public static bool HasContent(RequestOptions options) => options.Content is not null || options.Form.Count > 0 || options.Files.Count > 0;

    private static Body FileContent(RequestItem file)
    {
        UploadValue value = UploadValue.Parse(file.Value);
        return Body.FromStream(ItemFile.Open(value.Path, file.Source));
    }

    private static void AddFields(RequestOptions options, IReadOnlyList<RequestItem> items, ContentKind kind)
    {
        if (kind == ContentKind.Json) options.Content = Body.FromBytes(ItemContent.ToJson(items));
        else if (kind == ContentKind.Multipart || items.Any(static item => item.Kind == ItemKind.Upload)) options.Files = ItemContent.ToParts(items);
        else options.Form = ItemContent.ToForm(items);
    }

    private static void AddDefaults(RequestOptions options, RequestItems items, ContentSettings settings)
    {
        bool hasContent = HasContent(options);
        if (settings.Kind == ContentKind.Json && (hasContent || settings.IsKindGiven)) options.Headers["Accept"] = JsonAccept;
        if (!hasContent) return;

        if (settings.IsCompressed) options.Compress = ContentCoding.GZip;
        if (settings.IsChunked) options.Headers["Transfer-Encoding"] = "chunked";
        string? type = items.RawFile is { } file && TypeOf(file) is { } own ? own : settings.Kind switch
        {
            ContentKind.Json => JsonType,
            ContentKind.Form when options.Files.Count == 0 => FormType,
            _ => null,
        };
        if (type is not null) options.Headers["Content-Type"] = type;
    }

    private static string? TypeOf(RequestItem file)
    {
        UploadValue value = UploadValue.Parse(file.Value);
        string guess = value.Type ?? MimeTypeGuesser.Guess(value.Path);
        return guess == MimeTypeGuesser.Unknown ? null : guess;
    }

    // The library separates the parts by what the header says, so it must say something, also where another multipart type was asked for.
    private static void SeparateParts(Headers headers, string? boundary)
    {
        string? type = headers["Content-Type"];
        if (type?.Contains("boundary=", StringComparison.OrdinalIgnoreCase) == true || (type is null && boundary is null)) return;

        boundary ??= RandomNumberGenerator.GetHexString(32, lowercase: true);
        bool isToken = boundary.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+' or '\'');
        headers["Content-Type"] = $"{type ?? "multipart/form-data"}; boundary={(isToken ? boundary : $"\"{boundary}\"")}";
    }
}
