using Microsoft.Win32.SafeHandles;

namespace RequestsAsync.Bulk;

/// <summary>The file under a log. Tests put one in its place that fails.</summary>
internal class LogDevice : IDisposable
{
    private readonly SafeFileHandle _handle;

    internal LogDevice(string path)
    {
        Path = path;
        _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
    }

    internal string Path { get; private set; }

    internal long Length => RandomAccess.GetLength(_handle);

    internal int Read(Span<byte> buffer, long offset)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            int count = RandomAccess.Read(_handle, buffer[total..], offset + total);
            if (count == 0) break;
            total += count;
        }

        return total;
    }

    internal virtual void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    internal virtual void Flush() => RandomAccess.FlushToDisk(_handle);

    /// <summary>Puts it in the place of another file.</summary>
    internal void MoveTo(string path)
    {
        File.Move(Path, path, overwrite: true);
        Path = path;
    }

    internal virtual void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _handle.Dispose();
    }
}
