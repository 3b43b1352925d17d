using System.Buffers.Binary;

namespace RequestsAsync.Bulk;

/// <summary>
/// A file that only grows, by frames. A frame is there as a whole or not at all: it has its length and a checksum in front, and what a crash left of one at the end
/// is cut off when the file is opened.
/// </summary>
/// <remarks>
/// <para>A frame: four bytes that mark it, the length and the CRC-32C of what follows, how much of the file was durable when it was written, its content.</para>
/// <para>
/// That last number tells a torn tail from damage: bytes that do not add up, but of which a later frame says that they were durable, were changed by somebody else,
/// and are no tail that may be cut.
/// </para>
/// <para>It is for one thread at a time.</para>
/// </remarks>
internal sealed class LogFile : IDisposable
{
    internal const int HeaderBytes = 12;
    internal const int SignatureBytes = 8;
    private const uint Mark = 0x9E52_A5F1;
    private readonly LogDevice _device;
    private readonly byte[] _signature;
    private int _frame = -1;
    private bool _hasTail;

    internal LogFile(LogDevice device, ReadOnlySpan<byte> signature)
    {
        _device = device;
        _signature = signature.ToArray();
    }

    internal string Path => _device.Path;

    /// <summary>How long the file is: all of it is durable.</summary>
    internal long Length { get; private set; }

    /// <summary>Whether the last frame of the file is only said to be durable by the file's owner, not by a later frame.</summary>
    internal bool IsUnconfirmed { get; private set; }

    /// <summary>What is put together for the next <see cref="Commit"/>.</summary>
    internal ByteWriter Pending { get; } = new();

    /// <summary>Where in the file the next byte of <see cref="Pending"/> will stand.</summary>
    internal long PendingOffset => Length + Pending.Length;

    internal int Read(Span<byte> buffer, long offset) => _device.Read(buffer, offset);

    /// <summary>Reads all frames, in order, and cuts off a torn one at the end.</summary>
    /// <param name="visit">Is told each.</param>
    /// <param name="durable">So many bytes of it were durable by what somebody else knows: no torn tail begins before.</param>
    /// <exception cref="FrontierException">The file is none of this kind, is damaged, or is shorter than it was. Nothing of it was changed.</exception>
    internal void Recover(LogScan.Visitor visit, long durable = 0)
    {
        if (_device.Length < SignatureBytes)
        {
            if (durable > SignatureBytes) throw Cut(durable);
            Create();
            return;
        }

        LogScan scan = new(_device, Mark);
        if (!scan.HasSignature(_signature))
            throw new FrontierException($"'{Path}' is no file of a job that this version can read. Give the job a folder of its own.");

        Length = scan.Run(visit, _device.Length);
        if (_device.Length < durable) throw Cut(durable);
        if (Length < durable) throw scan.Damaged(Length);
        IsUnconfirmed = Length > SignatureBytes;
        if (Length == _device.Length) return;
        _hasTail = true;
        CutTail();
    }

    /// <summary>Reads all frames once more.</summary>
    internal void Scan(LogScan.Visitor visit) => new LogScan(_device, Mark).Run(visit, Length);

    /// <summary>Begins a frame at the end of what is pending.</summary>
    internal void BeginFrame()
    {
        _frame = Pending.Length;
        Pending.Reserve(HeaderBytes);
        Pending.Int64(Length);
    }

    internal void EndFrame()
    {
        Span<byte> frame = Pending.Slice(_frame);
        Span<byte> content = frame[HeaderBytes..];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Crc32C.Of(content));
        _frame = -1;
    }

    /// <summary>Takes back a frame that was begun and not ended.</summary>
    internal void DropFrame()
    {
        if (_frame < 0) return;
        Pending.Truncate(_frame);
        _frame = -1;
    }

    /// <summary>Makes what is pending durable. If that fails nothing of it stays in the file, and nothing is pending any more.</summary>
    /// <exception cref="FrontierException">It failed; the file is as it was before.</exception>
    internal void Commit()
    {
        if (Pending.Length == 0) return;
        try
        {
            CutTail();
            _hasTail = true;
            _device.Write(Pending.Written, Length);
            _device.Flush();
            _hasTail = false;
            Length += Pending.Length;
            IsUnconfirmed = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryCutTail();
            throw CannotWrite(exception);
        }
        finally
        {
            Pending.Clear();
        }
    }

    /// <summary>Writes a frame that says that all before it is durable: after it, damage of any byte is told from a torn tail.</summary>
    internal void Confirm(Action<ByteWriter> content)
    {
        BeginFrame();
        content(Pending);
        EndFrame();
        Commit();
        IsUnconfirmed = false;
    }

    /// <summary>Puts it in the place of another file.</summary>
    internal void MoveTo(string path) => _device.MoveTo(path);

    public void Dispose() => _device.Dispose();

    private void Create()
    {
        try
        {
            _device.SetLength(0);
            _device.Write(_signature, 0);
            _device.Flush();
            Length = SignatureBytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(exception);
        }
    }

    // A write that failed may have left whole frames behind. They must be gone before others are written: what is shorter than they are would be followed by them.
    private void CutTail()
    {
        if (!_hasTail) return;
        _device.SetLength(Length);
        _device.Flush();
        _hasTail = false;
    }

    private void TryCutTail()
    {
        try
        {
            CutTail();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is tried again before the next write, and whoever opens the file finds a torn tail.
        }
    }

    private FrontierException Cut(long durable) => new(
        $"'{Path}' ends at byte {_device.Length}, and {durable} bytes of it were durable by the job's journal: it was cut or replaced. "
        + "Bring the job's folder back from a copy, or start the job anew in another folder.");

    private FrontierException CannotWrite(Exception exception) => new(
        $"'{Path}' cannot be written ({exception.Message}). Nothing of the call took effect: make room on the disk or set its rights right, and go on, or resume the job later.", exception);
}
