using System.Globalization;
using System.Text;

namespace RequestsAsync;

/// <summary>Where a download goes: a file that the caller named, or a folder, in which the server may suggest a name.</summary>
internal sealed class DownloadTarget
{
    private const string NameOfLastResort = "download";

    private readonly string _path;
    private readonly ExistingFile _existing;

    public DownloadTarget(string path, ExistingFile existing)
    {
        IsFolder = Path.EndsInDirectorySeparator(path) || Directory.Exists(path);
        _path = Path.GetFullPath(path);
        _existing = existing;
    }

    public bool IsFolder { get; }

    /// <summary>The file that the caller named.</summary>
    /// <exception cref="DownloadException">It is there already, or is no place for a file.</exception>
    public string File() => Free(_path);

    /// <summary>The file in the caller's folder, which is made if it is not there.</summary>
    /// <exception cref="DownloadException">It is there already, or the folder cannot be made.</exception>
    public string FileFor(Response response)
    {
        try
        {
            Directory.CreateDirectory(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException(DownloadProblem.CannotWrite, $"The folder '{_path}' cannot be made: {e.Message}", e);
        }

        return Free(Path.Combine(_path, NameOf(response)));
    }

    public static DownloadException Exists(string path, Exception? cause = null) =>
        new(DownloadProblem.TargetExists, $"'{path}' is there already and is not written over. Choose another name, or let it be replaced.", cause);

    // What the server suggests, or the last segment of the URL that answered, as browsers have it.
    private static string NameOf(Response response)
    {
        if (response.ContentDisposition?.FileName is { } suggested) return suggested;

        ReadOnlySpan<char> path = response.Url.Path.AsSpan().TrimEnd('/');
        return SafeFileName.From(PercentEncoding.Decode(path[(path.LastIndexOf('/') + 1)..])) ?? NameOfLastResort;
    }

    private string Free(string path)
    {
        if (DeviceFolder.Holds(path))
            throw new DownloadException(DownloadProblem.CannotWrite, $"'{path}' is a device and no file to be replaced. Use StreamAsync and CopyToAsync.");
        if (Directory.Exists(path)) throw new DownloadException(DownloadProblem.TargetExists, $"'{path}' is a folder. Name a file in it.");
        if (_existing == ExistingFile.Replace || !System.IO.File.Exists(path)) return path;
        if (_existing == ExistingFile.Refuse) throw Exists(path);

        for (int number = 1; ; number++)
        {
            string next = Path.Combine(Path.GetDirectoryName(path)!, Numbered(Path.GetFileName(path), number));
            if (!Path.Exists(next)) return next;
        }
    }

    // "archive.tar.gz" becomes "archive-1.tar.gz".
    private static string Numbered(string name, int number)
    {
        string extension = Path.GetExtension(name);
        string stem = name[..^extension.Length];
        if (stem.EndsWith(".tar", StringComparison.OrdinalIgnoreCase)) (stem, extension) = (stem[..^4], stem[^4..] + extension);
        return new StringBuilder(stem).Append(CultureInfo.InvariantCulture, $"-{number}").Append(extension).ToString();
    }
}
