using System.Buffers;

namespace RequestsAsync.Bulk;

/// <summary>The output of a job: a file with a record on each line, written in large pieces and made durable when it is asked for. Used by one thread at a time.</summary>
/// <remarks>Its end on the disk is a whole line but after a crash; opening it cuts what is left of a torn one.</remarks>
internal sealed class JsonLinesFile : IAsyncDisposable
{
    private const int FlushAt = 256 << 10;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt + (64 << 10));
    private long _written;

    private JsonLinesFile(string path, FileStream file, long length)
    {
        _path = path;
        _file = file;
        _written = length;
    }

    /// <summary>How long the file is once all that was added is written.</summary>
    public long Length => _written + _buffer.WrittenCount;

    /// <summary>Opens the output to add to its end; a torn last line is cut off.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mustExist">Whether it is that of a job that goes on, with records in it.</param>
    /// <exception cref="SinkException">It cannot be opened, is gone, or is another file than one of records: then nothing of it is touched.</exception>
    public static JsonLinesFile Open(string path, bool mustExist)
    {
        FileStream? file = null;
        try
        {
            file = new(path, mustExist ? FileMode.Open : FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            long end = EndOfLastLine(file);
            OutputCheck.Check(path, file);
            if (end < file.Length) file.SetLength(end);
            // What a process that was killed had written may not be on the disk yet, and is settled next.
            RandomAccess.FlushToDisk(file.SafeFileHandle);
            FolderDurability.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
            file.Position = end;
            JsonLinesFile opened = new(path, file, end);
            file = null;
            return opened;
        }
        catch (FileNotFoundException e)
        {
            throw new SinkException($"The output {path} is gone, and the job's records were in it: put it back, or begin a new job.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw e as SinkException ?? new SinkException($"The output {path} cannot be opened: {e.Message}", e);
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Adds a record.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        Span<byte> room = _buffer.GetSpan(record.Length + 1);
        record.CopyTo(room);
        room[record.Length] = (byte)'\n';
        _buffer.Advance(record.Length + 1);
        if (_buffer.WrittenCount >= FlushAt) Write();
    }

    /// <summary>Makes all records durable.</summary>
    /// <exception cref="SinkException">They could not be written: the disk is full, the file is gone. The call can be made again.</exception>
    public void Flush()
    {
        Write();
        try
        {
            if (!File.Exists(_path)) throw new SinkException($"The output {_path} was removed while the job was running: what was written to it since is lost with it. Begin a new job, or put the file back and resume.");
            RandomAccess.FlushToDisk(_file.SafeFileHandle);
        }
        catch (IOException e) when (e is not SinkException)
        {
            throw new SinkException($"The output {_path} could not be written to the disk: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private void Write()
    {
        if (_buffer.WrittenCount == 0) return;
        try
        {
            // At the position that is known: a write that failed half-way is simply done again.
            RandomAccess.Write(_file.SafeFileHandle, _buffer.WrittenSpan, _written);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"The output {_path} could not be written: {e.Message} Make room and resume the job: nothing of it is lost.", e);
        }

        _written += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
    }

    // Backwards, block by block, for a record may be long.
    private static long EndOfLastLine(FileStream file)
    {
        byte[] block = new byte[64 << 10];
        long end = file.Length;
        while (end > 0)
        {
            int length = (int)Math.Min(block.Length, end);
            int read = RandomAccess.Read(file.SafeFileHandle, block.AsSpan(0, length), end - length);
            int feed = block.AsSpan(0, read).LastIndexOf((byte)'\n');
            if (feed >= 0) return end - length + feed + 1;
            end -= length;
        }

        return 0;
    }
}
