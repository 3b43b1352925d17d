namespace RequestsAsync.Cli;

/// <summary>A list of URLs, one a line.</summary>
internal static class UrlList
{
    /// <summary>Reads the list; blank lines and those that begin with <c>#</c> are left out.</summary>
    /// <param name="path">The file, or <c>-</c> for the input.</param>
    /// <param name="streams">Whose input it is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CommandException">There is no such file, or nothing in it.</exception>
    public static async Task<List<string>> ReadAsync(string path, StandardStreams streams, CancellationToken cancellationToken)
    {
        List<string> urls = [];
        try
        {
            using TextReader reader = path == "-" ? streams.OpenInputText() : new StreamReader(path);
            // A read from a terminal listens to no token: it is left behind where Ctrl-C ends the command.
            while (await Task.Run(reader.ReadLine, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                string text = line.Trim();
                if (text.Length > 0 && !text.StartsWith('#')) urls.Add(text);
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException($"There is no file '{path}'.", "Name a file with one URL a line, or '-' for the input.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"'{path}' cannot be read: {e.Message}", innerException: e);
        }

        if (urls.Count == 0) throw new CommandException($"There is no URL in '{path}'.", "It takes one URL a line; blank lines and # comments are left out.");
        return urls;
    }
}
