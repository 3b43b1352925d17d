namespace RequestsAsync;

// The body to somewhere else, without holding it in memory.
public sealed partial class Response
{
    /// <summary>Saves the body as a file, piece by piece as it comes.</summary>
    /// <param name="path">
    /// The file to write, in a folder that exists; a file that is there is replaced. For the server's own name, which is safe to use:
    /// <c>Path.Combine(folder, r.ContentDisposition?.FileName ?? "download")</c>.
    /// </param>
    /// <param name="progress">Told how far it has come, after each piece.</param>
    /// <param name="cancellationToken">Ends the transfer early; the connection is lost then.</param>
    /// <remarks>
    /// The body goes to a temporary file beside the target, which takes the target's place in one step once it is whole. After a failure
    /// the target is as it was and the temporary file is gone. <see cref="SessionOptions.MaxResponseBytes"/> does not apply to what goes
    /// to a file; a decompression bomb is refused all the same.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or no path at all.</exception>
    /// <exception cref="ContentException">The file cannot be written; the cause is the inner exception.</exception>
    /// <exception cref="BodyConsumedException">The body was read as a stream already.</exception>
    /// <exception cref="RequestException">The connection failed, or the data is damaged or cut off.</exception>
    public Task SaveAsync(string path, IProgress<TransferProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return SaveAsync(path, progress, async: true, cancellationToken).AsTask();
    }

    /// <summary>Saves the body as a file, piece by piece as it comes, blocking the thread until it is there.</summary>
    /// <inheritdoc cref="SaveAsync(string, IProgress{TransferProgress}?, CancellationToken)" path="/param[@name='path' or @name='progress']|/remarks|/exception"/>
    public void Save(string path, IProgress<TransferProgress>? progress = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!HasBody) LoopGuard.CheckBlocking(nameof(Save));
        Blocking.Complete(SaveAsync(path, progress, async: false, CancellationToken.None));
    }

    /// <summary>Copies the body to a stream, piece by piece as it comes. The stream stays open.</summary>
    /// <param name="destination">Where the bytes go, decoded from their content codings.</param>
    /// <param name="progress">Told how far it has come, after each piece.</param>
    /// <param name="cancellationToken">Ends the transfer early; the connection is lost then.</param>
    /// <remarks><see cref="SessionOptions.MaxResponseBytes"/> does not apply; a decompression bomb is refused all the same.</remarks>
    /// <exception cref="ArgumentException"><paramref name="destination"/> cannot be written.</exception>
    /// <exception cref="ContentException">Writing failed with an <see cref="IOException"/>, which is the inner exception; others pass as they are.</exception>
    /// <exception cref="BodyConsumedException">The body was read as a stream already.</exception>
    /// <exception cref="RequestException">The connection failed, or the data is damaged or cut off; what came before it was copied.</exception>
    public Task CopyToAsync(Stream destination, IProgress<TransferProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        CheckDestination(destination);
        return CopyToAsync(destination, progress, async: true, cancellationToken).AsTask();
    }

    /// <summary>Copies the body to a stream, piece by piece as it comes, blocking the thread until it is there. The stream stays open.</summary>
    /// <inheritdoc cref="CopyToAsync(Stream, IProgress{TransferProgress}?, CancellationToken)" path="/param[@name='destination' or @name='progress']|/remarks|/exception"/>
    public void CopyTo(Stream destination, IProgress<TransferProgress>? progress = null)
    {
        CheckDestination(destination);
        if (!HasBody) LoopGuard.CheckBlocking(nameof(CopyTo));
        Blocking.Complete(CopyToAsync(destination, progress, async: false, CancellationToken.None));
    }

    private static void CheckDestination(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.CanWrite) throw new ArgumentException("The stream cannot be written: it is closed, or was opened for reading only.", nameof(destination));
    }

    private async ValueTask SaveAsync(string path, IProgress<TransferProgress>? progress, bool async, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Path.EndsInDirectorySeparator(path) || Directory.Exists(path))
            throw Fail(new ContentException($"{_prepared}: the body cannot be saved as '{path}', which is a folder. Name a file in it."));

        if (DeviceFolder.Holds(Path.GetFullPath(path)))
            throw Fail(new ContentException($"{_prepared}: the body cannot be saved as '{path}', which is a device and no file to be replaced. Use CopyToAsync."));

        try
        {
            // The file comes first: where it cannot be made, the body is still there to be saved elsewhere.
            using ReplacementFile file = new(path);

            // The system takes what is written into its cache, which is less work than to wake another thread for each piece; but not on a thread of the caller's.
            if (async) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await TransferAsync(file.Stream, progress, async, writesNow: true, cancellationToken).ConfigureAwait(false);
            file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fail(new ContentException($"{_prepared}: the body could not be saved as '{path}': {e.Message}", e));
        }
    }

    private async ValueTask CopyToAsync(Stream destination, IProgress<TransferProgress>? progress, bool async, CancellationToken cancellationToken)
    {
        try
        {
            await TransferAsync(destination, progress, async, writesNow: !async, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw Fail(new ContentException($"{_prepared}: the body could not be written to the stream: {e.Message}", e));
        }
    }

    // The source fails with exceptions of this library alone, so that an IOException that comes out of here is the target's.
    private async ValueTask TransferAsync(Stream target, IProgress<TransferProgress>? progress, bool async, bool writesNow, CancellationToken cancellationToken)
    {
        Stream source = OpenStream();
        long? total = source is ResponseStream stream ? ExpectedLength(stream) : source.Length;
        try
        {
            await BodyCopier.CopyAsync(source, target, total, progress, async, writesNow, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionLostException e) when (source is ResponseStream attached && e.Request is null)
        {
            throw attached.Translate(e);
        }
        finally
        {
            await CloseAsync(source, async).ConfigureAwait(false);
        }
    }
}
