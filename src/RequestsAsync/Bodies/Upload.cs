using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>One file of a multipart/form-data request: its content, its name and its headers.</summary>
/// <remarks>
/// Byte arrays and streams convert by themselves: <c>Files = { ["doc"] = bytes, ["log"] = File.OpenRead("a.log") }</c>. A text does not,
/// since nobody could tell a path from a content: say <see cref="FromFile"/> or <see cref="FromText"/>.
/// </remarks>
public sealed class Upload
{
    private readonly string? _path;
    private readonly Body? _content; // null for a path, which is opened anew for each sending
    private Headers? _headers;

    private Upload(string? path, Body? content, string? fileName, string? contentType)
    {
        _path = path;
        _content = content;
        FileName = fileName;
        ContentType = contentType;
    }

    /// <summary>
    /// The file's name as the server is told it. <see langword="null"/> stands for the name of the field, and an empty one for none at all:
    /// the part is a plain field then, which may still have a media type.
    /// </summary>
    public string? FileName { get; }

    /// <summary>The part's media type; <see langword="null"/> when it is guessed from the file's name.</summary>
    public string? ContentType { get; }

    /// <summary>More headers of the part. A <c>Content-Type</c> here wins; <c>Content-Disposition</c> is refused, for it is made from the names.</summary>
    [SuppressMessage("Usage", "CA2227", Justification = "Filled by initializers, with whole collections too.")]
    public Headers Headers
    {
        get => _headers ??= [];
        set => _headers = value;
    }

    /// <summary>A file on disk. It is opened for each sending, read while it is sent, and never held in memory as a whole.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="fileName">The name to tell the server; the last part of the path when <see langword="null"/>.</param>
    /// <param name="contentType">The media type; guessed from the name when <see langword="null"/>.</param>
    /// <remarks>
    /// A file that is missing or cannot be read is an <see cref="InvalidRequestException"/> when the request is sent, before anything
    /// goes out. As many bytes are sent as it has then: what is appended meanwhile is left for another time.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is <see langword="null"/>.</exception>
    public static Upload FromFile(string path, string? fileName = null, string? contentType = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(path, content: null, fileName ?? Path.GetFileName(path), contentType);
    }

    /// <summary>Bytes as they are.</summary>
    /// <param name="content">The bytes; they are not copied, so leave them alone until the request has ended.</param>
    /// <param name="fileName">The file's name; see <see cref="FileName"/>.</param>
    /// <param name="contentType">The media type; guessed from the name when <see langword="null"/>.</param>
    public static Upload FromBytes(ReadOnlyMemory<byte> content, string? fileName = null, string? contentType = null) =>
        new(path: null, Body.FromBytes(content), fileName, contentType);

    /// <summary>A text in UTF-8. It is the content, never a path.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">The file's name; see <see cref="FileName"/>.</param>
    /// <param name="contentType">The media type; when <see langword="null"/>, guessed from the file name, and <c>text/plain; charset=utf-8</c> where that tells nothing.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public static Upload FromText(string text, string? fileName = null, string? contentType = null)
    {
        Body content = Body.FromText(text);
        bool nameTells = MimeTypeGuesser.Guess(fileName) != MimeTypeGuesser.Unknown;
        return new(path: null, content, fileName, contentType ?? (nameTells ? null : content.ContentType));
    }

    /// <summary>A stream, read from where it stands to its end while it is sent; it is never held in memory as a whole.</summary>
    /// <param name="stream">The stream. It stays open: who opened it closes it.</param>
    /// <param name="fileName">The file's name; when <see langword="null"/>, that of a <see cref="FileStream"/>. See <see cref="FileName"/>.</param>
    /// <param name="contentType">The media type; guessed from the name when <see langword="null"/>.</param>
    /// <remarks>A stream that can seek has a known length and can be replayed; any other makes the whole request chunked, and sent once.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidRequestException">The stream cannot be read.</exception>
    public static Upload FromStream(Stream stream, string? fileName = null, string? contentType = null) =>
        new(path: null, Body.FromStream(stream), fileName ?? NameOf(stream), contentType);

    /// <summary>Bytes as they are.</summary>
    /// <param name="content">The bytes; <see langword="null"/> sends nothing.</param>
    public static implicit operator Upload?(byte[]? content) => content is null ? null : FromBytes(content);

    /// <summary>Bytes as they are.</summary>
    /// <param name="content">The bytes.</param>
    public static implicit operator Upload(ReadOnlyMemory<byte> content) => FromBytes(content);

    /// <summary>A stream, with its file's name when it is a <see cref="FileStream"/>.</summary>
    /// <param name="stream">The stream; <see langword="null"/> sends nothing.</param>
    public static implicit operator Upload?(Stream? stream) => stream is null ? null : FromStream(stream);

    /// <summary>The file's name, never the content.</summary>
    public override string ToString() => $"<Upload [{FileName}]>";

    internal Headers? HeadersOrNull => _headers;

    /// <summary>The file on disk, where it is one.</summary>
    internal string? FilePath => _path;

    /// <summary>The content, where it is none on disk.</summary>
    internal Body? Content => _content;

    /// <summary>The content, ready to be sent.</summary>
    /// <exception cref="InvalidRequestException">There is no such file, or it cannot be read.</exception>
    internal Body Open() => _content ?? FileBody.Open(_path!);

    internal Upload Clone() => new(_path, _content, FileName, ContentType) { _headers = _headers?.Clone() };

    // A FileStream over a bare handle has a placeholder for its name.
    private static string? NameOf(Stream stream) =>
        stream is FileStream file && Path.IsPathFullyQualified(file.Name) ? Path.GetFileName(file.Name) : null;
}
