namespace RequestsAsync.Cli;

/// <summary>The files that a curl command writes.</summary>
internal static class CurlBodyFile
{
    /// <summary>The file's name, which with <c>-J</c> the server may choose; never a path of its own, and never that of a file that is there.</summary>
    /// <exception cref="CommandException">The server chose the name of a file that is there.</exception>
    public static CurlOutput Name(CurlOutput output, Response response, CurlOperation operation, CurlHost host)
    {
        if (!output.IsRemoteName || !operation.TakesServersFileName || response.ContentDisposition?.FileName is not { Length: > 0 } name) return output;

        string path = operation.OutputFolder is { } folder ? Path.Combine(folder, name) : name;
        return File.Exists(host.PathOf(path))
            ? throw new CommandException($"the server names the file {TerminalText.Line(name)}, which is there already.", "Choose another name with -o FILE.")
            : output with { Path = path };
    }

    /// <summary>Writes the body as it comes; after <c>-C</c> behind what is there.</summary>
    /// <returns>How many bytes came.</returns>
    /// <exception cref="CommandException">The file cannot be written, or the server sent the whole after all.</exception>
    public static async Task<long> WriteAsync(string name, Response response, CurlOperation operation, CurlHost host, CancellationToken stopping)
    {
        string path = host.PathOf(name);
        bool isRest = operation.ContinueAt is not null && File.Exists(path) && new FileInfo(path).Length > 0;
        if (isRest && response.StatusCode != 206)
            throw new CommandException($"the server does not send a part, so that {name} cannot be completed.", "Without -C it is fetched as a whole.");

        long size = 0;
        if (operation.CreatesFolders) MakeFolder(path);
        FileStream file = BodyFile.Open(path, isRest ? FileMode.Append : FileMode.Create);
        await using (file.ConfigureAwait(false))
        {
            await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(stopping).ConfigureAwait(false))
            {
                size += chunk.Length;
                if (size > operation.MaxFileSize) throw new CommandException($"the body is larger than the {operation.MaxFileSize} bytes of --max-filesize.", "");
                await BodyFile.WriteAsync(file, chunk, stopping).ConfigureAwait(false);
            }
        }

        return size;
    }

    /// <summary>Checks before anything is sent that a file can be made.</summary>
    /// <exception cref="CommandException">Its folder is not there.</exception>
    public static void CheckFolder(string? path, CurlHost host)
    {
        if (path is not null && !Directory.Exists(Path.GetDirectoryName(host.PathOf(path))))
            throw new CommandException($"{path} cannot be written: its folder is not there.", "Nothing was sent.");
    }

    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static async Task WriteTextAsync(string path, string text, CancellationToken stopping)
    {
        try
        {
            await File.WriteAllTextAsync(path, text, stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BodyFile.CannotWrite(path, e);
        }
    }

    private static void MakeFolder(string path)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { } folder) Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BodyFile.CannotWrite(path, e);
        }
    }
}
