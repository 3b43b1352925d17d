using System.Text;

namespace RequestsAsync.Cli;

/// <summary>The files that items name.</summary>
internal static class ItemFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A path with <c>~</c> for the home folder, which the shell leaves alone after a separator.</summary>
    public static string Expand(string path) =>
        path is "~" || path.StartsWith("~/", StringComparison.Ordinal) ? string.Concat(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path.AsSpan(1)) : path;

    /// <summary>The text of the file that is the item's value.</summary>
    /// <exception cref="CommandException">It cannot be read, or is no text.</exception>
    public static string ReadText(RequestItem item)
    {
        try
        {
            return Utf8.GetString(File.ReadAllBytes(Expand(item.Value)));
        }
        catch (DecoderFallbackException e)
        {
            throw new CommandException($"'{item.Source}': {item.Value} is no text in UTF-8.", "Send a file as it is with name@file, or as the whole body with @file.", e);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Unreadable(item.Source, e);
        }
    }

    /// <summary>Opens a file to send it as it is.</summary>
    /// <exception cref="CommandException">It cannot be opened.</exception>
    public static FileStream Open(string path, string source)
    {
        try
        {
            return new FileStream(Expand(path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Unreadable(source, e);
        }
    }

    /// <summary>Checks that a file can be opened, before anything is sent.</summary>
    /// <exception cref="CommandException">It cannot.</exception>
    public static void Check(string path, string source) => Open(path, source).Dispose();

    private static bool IsUnreadable(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static CommandException Unreadable(string source, Exception e) => new($"'{source}': the file cannot be read: {e.Message}", innerException: e);
}
