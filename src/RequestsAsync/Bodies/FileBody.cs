using System.Buffers;

namespace RequestsAsync;

/// <summary>The content of a file on disk, opened anew for each sending.</summary>
internal sealed class FileBody : Body
{
    private const int ChunkBytes = 64 << 10;

    private readonly string _path;
    private readonly long _length;

    private FileBody(string path, long length)
        : base(contentType: null)
    {
        _path = path;
        _length = length;
    }

    public override long? Length => _length;

    internal string FilePath => _path;

    public override bool CanReplay => true;

    /// <summary>Opens the file for a moment, so that one that is missing or locked is known before anything is sent.</summary>
    /// <exception cref="InvalidRequestException">It cannot be opened.</exception>
    public static FileBody Open(string path)
    {
        try
        {
            using FileStream file = OpenRead(path, FileOptions.None);
            return new(path, file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InvalidRequestException($"The file '{path}' cannot be sent: {e.Message}", e);
        }
    }

    internal override void WriteTo(Stream target, CancellationToken cancellationToken)
    {
        using FileStream file = OpenRead(_path, FileOptions.SequentialScan);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (long left = _length; left > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int read = file.Read(buffer, 0, Next(buffer, left));
                target.Write(buffer, 0, Checked(read));
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    internal override async ValueTask WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        FileStream file = OpenRead(_path, FileOptions.SequentialScan | FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
            try
            {
                for (long left = _length; left > 0;)
                {
                    int read = await file.ReadAsync(buffer.AsMemory(0, Next(buffer, left)), cancellationToken).ConfigureAwait(false);
                    await target.WriteAsync(buffer.AsMemory(0, Checked(read)), cancellationToken).ConfigureAwait(false);
                    left -= read;
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    // The length was promised: a file that grows meanwhile is cut there, as a log that is written to needs it.
    private static int Next(byte[] buffer, long left) => (int)Math.Min(buffer.Length, left);

    private int Checked(int read) =>
        read > 0 ? read : throw new EndOfStreamException($"The file '{_path}' became shorter while it was sent.");

    private static FileStream OpenRead(string path, FileOptions options) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, options);
}
