namespace RequestsAsync.Bulk.Tests;

/// <summary>A disk that is full, or that fails: it takes so many more bytes, and writes what fits before it says no.</summary>
internal sealed class FullDevice(string path, FullDevice.Disk disk) : LogDevice(path)
{
    internal override void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        int fits = (int)Math.Min(bytes.Length, disk.Room);
        base.Write(bytes[..fits], offset);
        disk.Room -= fits;
        if (fits < bytes.Length) throw new IOException("No space left on device");
    }

    internal override void Flush()
    {
        disk.Flushing?.Invoke();
        if (disk.FailsToFlush) throw new IOException("Input/output error");
        base.Flush();
    }

    internal override void SetLength(long length)
    {
        if (disk.FailsToCut) throw new IOException("Input/output error");
        base.SetLength(length);
    }

    internal sealed class Disk
    {
        public long Room { get; set; } = long.MaxValue;

        public bool FailsToFlush { get; set; }

        public bool FailsToCut { get; set; }

        /// <summary>What happens before each flush.</summary>
        public Action? Flushing { get; set; }
    }
}
