using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>The file of a report: there is the one of before, or the whole new one.</summary>
internal static class ReportFile
{
    /// <summary>Sees to it that there will be a place for it, before the run begins.</summary>
    /// <exception cref="SinkException">Its folder is not there, or the path is a folder's.</exception>
    public static void Check(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        if (!Directory.Exists(folder)) throw new SinkException($"The report {path} cannot be written: there is no folder {folder}. Make it, or choose another place.");
        if (Directory.Exists(path)) throw new SinkException($"The report {path} cannot be written: it is a folder. Choose another name.");
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="SinkException">It cannot be written.</exception>
    public static void Write(string path, string html)
    {
        try
        {
            using ReplacementFile file = new(path);
            file.Stream.Write(Encoding.UTF8.GetBytes(html));
            file.Stream.Flush(flushToDisk: true);
            file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"The report {path} could not be written: {e.Message} The records are not touched by that: what is done is done.", e);
        }
    }
}
