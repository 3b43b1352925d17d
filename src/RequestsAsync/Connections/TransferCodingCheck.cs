namespace RequestsAsync;

/// <summary>Reads the <c>Transfer-Encoding</c> fields of a response's head octet by octet: chunked is all they may name (RFC 9112 §6.1).</summary>
internal struct TransferCodingCheck
{
    private const int Mismatch = -1;

    private bool _isChunked;
    private bool _isIdentity;
    private bool _isOther;
    private bool _hasItem;
    private bool _mayBeChunked;
    private int _matched;
    private bool _isOver;

    /// <summary>Whether anything was named.</summary>
    public bool IsUsed => _isChunked || _isIdentity || _isOther;

    /// <summary>Forgets the fields of the response before.</summary>
    public void Restart()
    {
        _isChunked = _isIdentity = _isOther = false;
        _hasItem = false;
        Clear();
    }

    /// <summary>Takes an octet of the value; those of a line's end are none.</summary>
    public void Take(byte octet)
    {
        switch (octet)
        {
            case (byte)' ' or (byte)'\t':
                _isOver = _matched != 0;
                break;
            case (byte)',':
                EndItem();
                break;
            default:
                if (_matched == 0) _mayBeChunked = (octet | 0x20) == 'c';
                _matched = !_isOver && _matched >= 0 && _matched < Wanted.Length && (octet | 0x20) == Wanted[_matched] ? _matched + 1 : Mismatch;
                break;
        }
    }

    /// <summary>Ends a field.</summary>
    public void EndField()
    {
        EndItem();
        _isOther |= !_hasItem;
        _hasItem = false;
    }

    /// <summary>Judges what was named, at the end of the head.</summary>
    /// <param name="isOld">Whether the response is of HTTP/1.0, which knows no transfer codings.</param>
    /// <param name="hasLength">Whether it has a <c>Content-Length</c>.</param>
    /// <exception cref="ProtocolException">Not all that read it would find the same end of the body.</exception>
    public void Check(bool isOld, bool hasLength)
    {
        if (_isChunked ? _isIdentity || _isOther : _isOther && !isOld) throw new ProtocolException("the Transfer-Encoding of the response is not chunked alone.");
        if (_isChunked && isOld && hasLength) throw new ProtocolException("the response is of HTTP/1.0 and has both Content-Length and Transfer-Encoding.");
    }

    private ReadOnlySpan<byte> Wanted => _mayBeChunked ? "chunked"u8 : "identity"u8;

    // Items of a list may be empty (RFC 9110 §5.6.1.2).
    private void EndItem()
    {
        if (_matched != 0)
        {
            bool isWhole = _matched == Wanted.Length;
            _isChunked |= isWhole && _mayBeChunked;
            _isIdentity |= isWhole && !_mayBeChunked;
            _isOther |= !isWhole;
            _hasItem = true;
        }

        Clear();
    }

    private void Clear()
    {
        _matched = 0;
        _isOver = false;
    }
}
