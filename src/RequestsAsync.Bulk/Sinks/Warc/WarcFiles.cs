using System.Globalization;

namespace RequestsAsync.Bulk;

/// <summary>Stores responses in WARC 1.1 files (ISO 28500), each record a gzip member of its own, a new file when one is full.</summary>
/// <remarks>
/// A file that is being written has <c>.open</c> at the end of its name. After a crash the next run cuts what is torn off its end and closes it; it never adds to a file
/// of an earlier run, and leaves alone what another job is writing. Contents are stored decoded: header fields that speak of the coding are kept under <c>X-Archive-Orig-</c>.
/// </remarks>
public sealed class WarcFiles : IBodySink
{
    private const string Open = ".open";

    private readonly string _folder;
    private readonly WarcOptions _options;
    private readonly string _run;
    private FileStream? _file;
    private string _name = "";
    private long _length;
    private int _number;

    /// <summary>Stores in a folder, which is made where it is not there.</summary>
    /// <exception cref="SinkException">The folder cannot be written.</exception>
    public WarcFiles(string folder, WarcOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
        _options = options ?? new();
        _run = string.Create(CultureInfo.InvariantCulture, $"{_options.TimeProvider.GetUtcNow().UtcDateTime:yyyyMMddHHmmssfff}-{Environment.ProcessId}");
        Try(() =>
        {
            Directory.CreateDirectory(_folder);
            foreach (string left in Directory.EnumerateFiles(_folder, $"{_options.Prefix}-*.warc.gz{Open}"))
                Recover(left);
        });
    }

    /// <inheritdoc/>
    public ValueTask StoreAsync(BulkRecord record, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        byte[] member = WarcMember.Compress(WarcRecord.Response(record, body.Span));
        Try(() =>
        {
            if (_file is null || _length + member.Length > _options.MaxFileBytes) Begin();
            record.Warc = new(_name, _length);
            Write(member);
        });
        return default;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_file is { } file) Try(() => RandomAccess.FlushToDisk(file.SafeFileHandle));
        return default;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Try(Close);
        return default;
    }

    private static void Recover(string left)
    {
        try
        {
            WarcMember.CutTornEnd(left);
        }
        catch (IOException e) when (FileFault.IsLocked(e))
        {
            return; // another job is writing it
        }

        File.Move(left, left[..^Open.Length]);
    }

    private void Begin()
    {
        Close();
        _name = string.Create(CultureInfo.InvariantCulture, $"{_options.Prefix}-{_run}-{_number++:00000}.warc.gz");
        _file = new(Path.Combine(_folder, _name + Open), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _length = 0;
        Write(WarcMember.Compress(WarcRecord.Info(_name, _options.Software, _options.TimeProvider.GetUtcNow())));
        FolderDurability.Flush(_folder);
    }

    // At the position that is known: a write that failed half-way is written over.
    private void Write(byte[] member)
    {
        RandomAccess.Write(_file!.SafeFileHandle, member, _length);
        _length += member.Length;
    }

    private void Close()
    {
        if (_file is not { } file) return;

        _file = null;
        file.SetLength(_length);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        file.Dispose();
        string path = Path.Combine(_folder, _name);
        File.Move(path + Open, path);
        FolderDurability.Flush(_folder);
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"The WARC files in {_folder} could not be written: {e.Message} Make room and resume the job: nothing of it is lost.", e);
        }
    }
}
