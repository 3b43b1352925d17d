using System.Security.Cryptography;

namespace RequestsAsync.Bulk;

/// <summary>Stores contents in files named after their SHA-256, each once: <c>ab/cd/abcd….bin</c>.</summary>
/// <remarks>A name appears when its file is whole, and its folder is on the disk when <see cref="FlushAsync"/> returns; a crash leaves temporary files at most, which the next run removes.</remarks>
public sealed class BodyFiles : IBodySink
{
    private const string Temporary = ".part";

    private readonly string _folder;
    private readonly List<string> _unflushed = [];

    /// <summary>Stores in a folder, which is made where it is not there.</summary>
    /// <exception cref="SinkException">The folder cannot be written.</exception>
    public BodyFiles(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(_folder);
            foreach (string left in Directory.EnumerateFiles(_folder, "*" + Temporary)) File.Delete(left);
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
            string part = Path.Combine(_folder, hash + Temporary);
            await File.WriteAllBytesAsync(part, body, cancellationToken).ConfigureAwait(false);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            FlushFile(part);
            File.Move(part, path, overwrite: true);
            _unflushed.Add(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"The content of {record.Request.Url} could not be stored in {_folder}: {e.Message} Make room and resume the job: nothing of it is lost.", e);
        }
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (string folder in _unflushed.Select(static path => Path.GetDirectoryName(path)!).Distinct(StringComparer.Ordinal)) FolderDurability.Flush(folder);
        }
        catch (IOException e)
        {
            throw new SinkException($"The folder of contents {_folder} could not be written to the disk: {e.Message}", e);
        }

        _unflushed.Clear();
        return default;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private static void FlushFile(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }
}
