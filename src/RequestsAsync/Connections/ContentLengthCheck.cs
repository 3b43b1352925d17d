namespace RequestsAsync;

/// <summary>Reads the <c>Content-Length</c> fields of a response's head octet by octet: all of them, and all in a list, have to be the same digits (RFC 9112 §6.3).</summary>
internal struct ContentLengthCheck
{
    private long _agreed;
    private int _agreedDigits;
    private int _count; // of lengths, in fields and lists
    private long _length;
    private int _digits;
    private bool _isOver;

    /// <summary>Whether there was one.</summary>
    public bool IsKnown => _agreedDigits > 0;

    /// <summary>The length that one field says by itself, or -1.</summary>
    public long Single => _count == 1 ? _agreed : -1;

    /// <summary>Forgets the fields of the response before.</summary>
    public void Restart()
    {
        _agreedDigits = _count = 0;
        Clear();
    }

    /// <summary>Takes an octet of the value; those of a line's end are none.</summary>
    /// <exception cref="ProtocolException">The value is no length, or not that of the fields before.</exception>
    public void Take(byte octet)
    {
        switch (octet)
        {
            case >= (byte)'0' and <= (byte)'9' when !_isOver:
                int digit = octet - '0';
                if (_length > (long.MaxValue - digit) / 10) throw Refuse("larger than anybody can count");
                _length = (_length * 10) + digit;
                _digits++;
                break;
            case (byte)' ' or (byte)'\t':
                _isOver = _digits > 0;
                break;
            case (byte)',':
                EndField();
                break;
            default:
                throw Refuse("no number of bytes");
        }
    }

    /// <summary>Ends a field, or an item of its list.</summary>
    /// <exception cref="ProtocolException">It was empty, or not that of the fields before.</exception>
    public void EndField()
    {
        if (_digits == 0) throw Refuse("no number of bytes");

        // By the digits and not by their value: 030 is 24 to some.
        if (_agreedDigits > 0 && (_length != _agreed || _digits != _agreedDigits)) throw Refuse("not the same everywhere");
        _agreed = _length;
        _agreedDigits = _digits;
        _count++;
        Clear();
    }

    private void Clear()
    {
        _length = 0;
        _digits = 0;
        _isOver = false;
    }

    private static ProtocolException Refuse(string what) => new($"the Content-Length of the response is {what}.");
}
