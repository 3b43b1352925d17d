namespace RequestsAsync;

/// <summary>Guesses a file's media type from the end of its name, by the IANA registry and common use.</summary>
internal static class MimeTypeGuesser
{
    /// <summary>What a file is when its name tells nothing.</summary>
    public const string Unknown = "application/octet-stream";

    private const int LongestExtension = 12;

    /// <summary>The media type, <see cref="Unknown"/> when the name has no known extension.</summary>
    public static string Guess(ReadOnlySpan<char> fileName)
    {
        ReadOnlySpan<char> extension = Path.GetExtension(fileName);
        if (extension.Length is < 2 or > LongestExtension) return Unknown;

        Span<char> lower = stackalloc char[LongestExtension];
        int length = extension[1..].ToLowerInvariant(lower);
        return ForExtension(lower[..length]);
    }

    private static string ForExtension(ReadOnlySpan<char> extension) => extension switch
    {
        "txt" or "text" or "log" or "conf" or "ini" => "text/plain",
        "htm" or "html" => "text/html",
        "css" => "text/css",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "js" or "mjs" => "text/javascript",
        "md" or "markdown" => "text/markdown",
        "ics" => "text/calendar",
        "vcf" => "text/vcard",
        "vtt" => "text/vtt",
        "rtf" => "application/rtf",

        "json" or "map" => "application/json",
        "jsonld" => "application/ld+json",
        "geojson" => "application/geo+json",
        "ndjson" or "jsonl" => "application/x-ndjson",
        "webmanifest" => "application/manifest+json",
        "xml" or "xsl" or "xsd" => "application/xml",
        "xhtml" => "application/xhtml+xml",
        "atom" => "application/atom+xml",
        "rss" => "application/rss+xml",
        "yaml" or "yml" => "application/yaml",
        "toml" => "application/toml",
        "sql" => "application/sql",
        "wasm" => "application/wasm",
        "cbor" => "application/cbor",
        "parquet" => "application/vnd.apache.parquet",
        "pem" or "crt" => "application/x-pem-file",
        "sh" => "application/x-sh",

        "pdf" => "application/pdf",
        "ps" or "eps" => "application/postscript",
        "epub" => "application/epub+zip",
        "doc" => "application/msword",
        "xls" => "application/vnd.ms-excel",
        "ppt" => "application/vnd.ms-powerpoint",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odp" => "application/vnd.oasis.opendocument.presentation",

        "zip" => "application/zip",
        "gz" or "tgz" => "application/gzip",
        "bz2" => "application/x-bzip2",
        "xz" => "application/x-xz",
        "zst" => "application/zstd",
        "7z" => "application/x-7z-compressed",
        "rar" => "application/vnd.rar",
        "tar" => "application/x-tar",
        "jar" => "application/java-archive",
        "apk" => "application/vnd.android.package-archive",
        "iso" => "application/x-iso9660-image",

        "png" => "image/png",
        "jpg" or "jpeg" or "jpe" or "jfif" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "heic" => "image/heic",
        "heif" => "image/heif",
        "jxl" => "image/jxl",
        "bmp" => "image/bmp",
        "tif" or "tiff" => "image/tiff",
        "svg" => "image/svg+xml",
        "ico" => "image/vnd.microsoft.icon",

        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "aac" => "audio/aac",
        "oga" or "ogg" or "opus" => "audio/ogg",
        "flac" => "audio/flac",
        "wav" => "audio/wav",
        "mid" or "midi" => "audio/midi",
        "weba" => "audio/webm",

        "mp4" or "m4v" => "video/mp4",
        "mpg" or "mpeg" => "video/mpeg",
        "ogv" => "video/ogg",
        "webm" => "video/webm",
        "mov" or "qt" => "video/quicktime",
        "mkv" => "video/matroska",
        "avi" => "video/x-msvideo",
        "3gp" => "video/3gpp",
        "ts" => "video/mp2t",

        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",

        "gltf" => "model/gltf+json",
        "glb" => "model/gltf-binary",
        "stl" => "model/stl",
        "eml" => "message/rfc822",
        _ => Unknown,
    };
}
