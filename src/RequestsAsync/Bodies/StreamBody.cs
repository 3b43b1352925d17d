namespace RequestsAsync;

/// <summary>Content read from a stream while it is sent.</summary>
internal sealed class StreamBody : Body
{
    private readonly Stream _stream;
    private readonly long _start; // where replays begin: what the caller had read before is not content
    private int _sendings;
    private int _isBusy;

    public StreamBody(Stream stream, string? contentType)
        : base(contentType)
    {
        if (!stream.CanRead) throw new InvalidRequestException("The content stream cannot be read: it is closed, or was opened for writing only.");

        _stream = stream;
        if (stream.CanSeek) _start = stream.Position;
    }

    public override long? Length => _stream.CanSeek ? _stream.Length - _start : null;

    public override bool CanReplay => _stream.CanSeek;

    /// <summary>The file that it is the whole of, or <see langword="null"/>.</summary>
    internal string? FilePath => _stream is FileStream file && _start == 0 && Path.IsPathFullyQualified(file.Name) ? file.Name : null;

    internal override bool IsSpent => _sendings > 0 && !CanReplay;

    internal override void WriteTo(Stream target, CancellationToken cancellationToken)
    {
        Claim();
        try
        {
            Rewind();
            _stream.CopyTo(target);
        }
        finally
        {
            _isBusy = 0;
        }
    }

    internal override async ValueTask WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        Claim();
        try
        {
            Rewind();
            await _stream.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _isBusy = 0;
        }
    }

    // One stream has one position: two requests at once would get a mixture.
    private void Claim()
    {
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
            throw new InvalidRequestException("the content stream is being sent by another request at this moment. Give bytes, Upload.FromFile, or a stream of its own.");
    }

    private void Rewind()
    {
        if (Interlocked.Increment(ref _sendings) > 1 && !CanReplay) throw SentTwice();
        if (_stream.CanSeek) _stream.Position = _start;
    }
}
