namespace RequestsAsync.Cli;

/// <summary>Writes a body to a file as it comes.</summary>
internal static class BodyFile
{
    /// <summary>
    /// Writes the whole body. Half of one does not stay under that name, and a file that was there stays as it is, unless the user ends it: then what has come is kept,
    /// as it is with an answer that has no end.
    /// </summary>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static Task<long> WriteAsync(string path, Response response, CancellationToken cancellationToken)
    {
        if (DeviceFolder.Holds(Path.GetFullPath(path))) return FillAsync(Open(path, FileMode.Create), response, cancellationToken);
        if (!File.Exists(path)) return CreateAsync(path, response, cancellationToken);

        FileStream there = Open(path, FileMode.Open); // also a file that is not to be written is not replaced
        if (!there.CanSeek) return FillAsync(there, response, cancellationToken); // a pipe

        there.Dispose();
        return ReplaceAsync(path, response, cancellationToken);
    }

    // In its place at once, where it can be watched growing.
    private static async Task<long> CreateAsync(string path, Response response, CancellationToken cancellationToken)
    {
        FileStream file = Open(path, FileMode.CreateNew);
        try
        {
            return await FillAsync(file, response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Delete(path);
            if (e is CommandException) throw new CommandException(e.Message, "Nothing of it is kept; --download keeps what has come and goes on from there.", e.InnerException);
            throw;
        }
    }

    private static async Task<long> ReplaceAsync(string path, Response response, CancellationToken cancellationToken)
    {
        try
        {
            using ReplacementFile file = new(path);
            long length;
            try
            {
                length = await FillAsync(file.Stream, response, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                if (cancellationToken.IsCancellationRequested) file.Commit();
            }

            file.Commit();
            return length;
        }
        catch (CommandException e)
        {
            throw new CommandException(e.Message, $"{path} is as it was; --download keeps what has come and goes on from there.", e.InnerException);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, e);
        }
    }

    private static async Task<long> FillAsync(FileStream file, Response response, CancellationToken cancellationToken)
    {
        long length = 0;
        await using (file.ConfigureAwait(false))
        {
            await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(cancellationToken).ConfigureAwait(false))
            {
                await WriteAsync(file, chunk, cancellationToken).ConfigureAwait(false);
                length += chunk.Length;
            }
        }

        return length;
    }

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
