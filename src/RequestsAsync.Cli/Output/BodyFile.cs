namespace RequestsAsync.Cli;

/// <summary>Writes a body to a file as it comes.</summary>
internal static class BodyFile
{
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, Response response, CancellationToken cancellationToken)
    {
        FileStream file = Open(path, FileMode.Create);
        await using (file.ConfigureAwait(false))
        {
            await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(cancellationToken).ConfigureAwait(false))
                await WriteAsync(file, chunk, cancellationToken).ConfigureAwait(false);
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
