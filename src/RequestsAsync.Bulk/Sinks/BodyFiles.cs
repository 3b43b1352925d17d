using System.Security.Cryptography;

namespace RequestsAsync.Bulk;

/// <summary>Stores contents in files named after their SHA-256, each once: <c>ab/cd/abcd….bin</c>.</summary>
/// <remarks>A name appears when its file is whole, and its folder is on the disk when <see cref="FlushAsync"/> returns; a crash leaves temporary files at most, which the next run removes.</remarks>
public sealed class BodyFiles : IBodySink
{
    private const string Temporary = ".part";
    private const string Lock = ".lock";

    private readonly string _folder;
    private readonly string _run = Path.GetRandomFileName()[..8];
    private readonly FileStream _lock;
    private readonly HashSet<string> _unflushed = new(StringComparer.Ordinal);

    /// <summary>Stores in a folder, which is made where it is not there.</summary>
    /// <exception cref="SinkException">The folder cannot be written.</exception>
    public BodyFiles(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(_folder);
            // Held as long as this is in use: whoever comes to the same folder meanwhile leaves what is being written alone.
            _lock = new(PathOfLock(_run), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            RemoveRemains();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"The folder of contents {folder} cannot be used: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask StoreAsync(BulkRecord record, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        string hash = record.Sha256 ?? Convert.ToHexStringLower(SHA256.HashData(body.Span));
        string relative = $"{hash[..2]}/{hash[2..4]}/{hash}.bin";
        string path = Path.Combine(_folder, hash[..2], hash[2..4], hash + ".bin");
        record.BodyPath = relative;
        if (File.Exists(path)) return;

        try
        {
            string part = Path.Combine(_folder, $"{hash}.{_run}{Temporary}");
            await WriteAsync(part, body, cancellationToken).ConfigureAwait(false);
            MakeFolders(hash);
            File.Move(part, path, overwrite: true);
            _unflushed.Add(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"The content of {PublicUrl.Of(record.Request.Url)} could not be stored in {_folder}: {e.Message} Make room and resume the job: nothing of it is lost.", e);
        }
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (string folder in _unflushed) FolderDurability.Flush(folder);
        }
        catch (IOException e)
        {
            throw new SinkException($"The folder of contents {_folder} could not be written to the disk: {e.Message}", e);
        }

        _unflushed.Clear();
        return default;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _lock.DisposeAsync();

    private string PathOfLock(string run) => Path.Combine(_folder, run + Lock);

    // What runs that were killed have left.
    private void RemoveRemains()
    {
        Dictionary<string, bool> inUse = new(StringComparer.Ordinal) { [_run] = true };
        foreach (string left in Directory.EnumerateFiles(_folder, "*" + Temporary))
        {
            string run = Path.GetExtension(Path.GetFileNameWithoutExtension(left)).TrimStart('.');
            if (!inUse.TryGetValue(run, out bool isInUse)) inUse[run] = isInUse = IsInUse(run);
            if (!isInUse) File.Delete(left);
        }

        foreach (string left in Directory.EnumerateFiles(_folder, "*" + Lock))
        {
            string run = Path.GetFileNameWithoutExtension(left);
            if (run != _run && !IsInUse(run)) File.Delete(left);
        }
    }

    private bool IsInUse(string run)
    {
        try
        {
            using FileStream held = new(PathOfLock(run), FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static async ValueTask WriteAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(body, cancellationToken).ConfigureAwait(false);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
    }

    // The name of a new folder is in the one above it, which is to be flushed as well.
    private void MakeFolders(string hash)
    {
        string outer = Path.Combine(_folder, hash[..2]), inner = Path.Combine(outer, hash[2..4]);
        if (Directory.Exists(inner)) return;
        if (!Directory.Exists(outer)) _unflushed.Add(_folder);
        _unflushed.Add(outer);
        Directory.CreateDirectory(inner);
    }
}
