using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>What a download knows of its file: what it is checked by, how long it is, and which bytes of it are here. Safe for any number of segments.</summary>
internal sealed class Ledger
{
    private readonly Lock _lock = new();
    private readonly Lock _telling = new();
    private readonly ByteRanges _done = new();
    private readonly string _source;
    private readonly bool _trustsLength;
    private readonly IProgress<DownloadProgress>? _progress;
    private FileValidator? _validator;
    private bool _hasRanges;
    private long _claimed;

    /// <param name="source">What the URL is known by in the side file.</param>
    /// <param name="trustsLength">Whether the length alone is enough to continue where there is no validator.</param>
    /// <param name="progress">Who is told.</param>
    public Ledger(string source, bool trustsLength, IProgress<DownloadProgress>? progress)
    {
        _source = source;
        _trustsLength = trustsLength;
        _progress = progress;
    }

    /// <summary>Where the file will be, for those who follow the progress.</summary>
    public string Path { get; set; } = "";

    /// <summary>What <c>If-Range</c> says.</summary>
    public FileValidator? Validator => _validator;

    /// <summary>How long the file is, where that is known.</summary>
    public long? Length { get; private set; }

    /// <summary>The bytes that an earlier run brought.</summary>
    public long Resumed { get; private set; }

    /// <summary>The bytes that are here.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock) return _done.Total;
        }
    }

    /// <summary>Whether what is here can be continued, and not only begun anew.</summary>
    public bool CanContinue => _hasRanges && (_validator is not null || (_trustsLength && Length is not null));

    /// <summary>Whether what is here may be of use to a later run, if only to one that trusts the length.</summary>
    public bool IsWorthKeeping => _hasRanges && Bytes > 0 && (_validator is not null || Length is not null);

    /// <summary>How many bytes were written since the last claim.</summary>
    public long Unclaimed => Bytes - Interlocked.Read(ref _claimed);

    /// <summary>Takes over what an earlier run left, unless it was of another file or is not to be trusted.</summary>
    /// <param name="state">What its side file says.</param>
    public bool TryContinue([NotNullWhen(true)] PartState? state)
    {
        if (state is null || state.Source != _source || state.Done.Count == 0) return false;
        if (state.Validator is null && !(_trustsLength && state.Length is not null)) return false;

        foreach (ByteRange range in state.Done) _done.Add(range);
        _validator = state.Validator;
        Length = state.Length;
        Resumed = _claimed = _done.Total;
        _hasRanges = true;
        return true;
    }

    /// <summary>Begins with nothing.</summary>
    /// <param name="validator">What the answer can be recognised by.</param>
    /// <param name="length">How long it says that the file is.</param>
    /// <param name="hasRanges">Whether parts of it can be asked for.</param>
    public void Begin(FileValidator? validator, long? length, bool hasRanges)
    {
        lock (_lock)
        {
            _done.Clear();
            _validator = validator;
            Length = length;
            Resumed = _claimed = 0;
            _hasRanges = hasRanges;
        }
    }

    /// <summary>Whether an answer with a part of a file is one of this file, as far as it can be told.</summary>
    public bool Fits(Headers headers, long? total)
    {
        if (_validator?.Fits(headers) is false) return false;
        return _validator is null ? total == Length : total is null || Length is null || total == Length;
    }

    /// <summary>Notes bytes that are written, and tells of it.</summary>
    public void Add(ByteRange written)
    {
        lock (_lock) _done.Add(written);

        Tell();
    }

    /// <summary>The file ends there.</summary>
    public void EndAt(long length)
    {
        lock (_lock) Length = length;
    }

    /// <summary>Tells how far it has come.</summary>
    public void Tell()
    {
        if (_progress is null) return;

        lock (_telling) _progress.Report(new DownloadProgress(Path, Bytes, Length, Resumed));
    }

    /// <summary>What is missing.</summary>
    public List<ByteRange> Gaps()
    {
        lock (_lock) return _done.GapsUpTo(Length ?? ByteRange.Unknown);
    }

    /// <summary>What a side file says of now.</summary>
    public PartState ToState()
    {
        lock (_lock) return new() { Source = _source, Validator = _validator, Length = Length, Done = [.. _done.Items] };
    }

    /// <summary>What was claimed need not be claimed again.</summary>
    public void NoteClaim(PartState claimed)
    {
        long total = 0;
        foreach (ByteRange range in claimed.Done) total += range.Length;
        Interlocked.Exchange(ref _claimed, total);
    }
}
