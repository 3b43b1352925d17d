namespace RequestsAsync.Cli;

/// <summary>Writes a body to a file as it comes.</summary>
internal static class BodyFile
{
    /// <summary>Writes the whole body. Half of one does not stay under that name, unless its user ended it.</summary>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, Response response, CancellationToken cancellationToken)
    {
        FileStream file = Open(path, FileMode.Create);
        bool isFile = IsFile(file);
        try
        {
            await using (file.ConfigureAwait(false))
            {
                await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(cancellationToken).ConfigureAwait(false))
                    await WriteAsync(file, chunk, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (isFile && !cancellationToken.IsCancellationRequested)
        {
            Delete(path);
            if (e is CommandException) throw new CommandException(e.Message, "Nothing of it is kept; --download keeps what has come and goes on from there.", e.InnerException);
            throw;
        }
    }

    // A pipe cannot seek, and a device has no length.
    private static bool IsFile(FileStream file) => file.CanSeek && !Path.GetFullPath(file.Name).StartsWith("/dev/", StringComparison.Ordinal);

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What led here is the error to tell.
        }
    }

    /// <summary>Opens a file for writing.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public static FileStream Open(string path, FileMode mode)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CannotWrite(path, e);
        }
    }

    /// <summary>Writes a part.</summary>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static async ValueTask WriteAsync(FileStream file, ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw CannotWrite(file.Name, e);
        }
    }

    /// <summary>What is told where a file cannot be written.</summary>
    public static CommandException CannotWrite(string path, Exception e) => new($"{path} cannot be written: {e.Message}", innerException: e);
}
