namespace RequestsAsync;

/// <summary>Reads the heads of responses along with the transport, before it does, and refuses what the transport would let pass and others on the way may read otherwise.</summary>
/// <remarks>
/// <para>
/// The runtime's parser puts a space in the place of a NUL and of a carriage return that ends no line, drops spaces between a field's name and its colon, and takes
/// <c>030</c> for 30: nothing of it is visible in the parsed message. For the fields that frame the body the rules are those of <see cref="ResponseFraming"/>; found here,
/// what breaks them costs the connection in every case. What that parser refuses by itself is left to it.
/// LF alone as the end of a line is allowed (RFC 9112 §2.2), and so are folded values (§5.2) and any other octet in a value (RFC 9110 §5.5).
/// </para>
/// <para>One of these serves a connection: it starts anew with each request and allocates nothing. It is for HTTP/1 only.</para>
/// </remarks>
internal sealed class ResponseHeadCheck
{
    private const int MinorAt = 7; // in "HTTP/1.1 200"
    private const int StatusAt = 9;
    private const int StatusEnd = StatusAt + 3;
    private const int Mismatch = -1;

    private ContentLengthCheck _length;
    private TransferCodingCheck _coding;
    private State _state;
    private int _column;
    private bool _isOld;
    private int _status;
    private Field _field;
    private int _matched;
    private byte _last;

    private enum State
    {
        StatusLine,
        LineStart,
        Name,
        Value,
        ValueReturn,
        LastReturn,
        Ended,
    }

    private enum Field
    {
        Other,
        Length,
        Coding,
    }

    /// <summary>Whether the head of the final response is complete: what comes now is its body, and is not looked at.</summary>
    public bool HasEnded => _state == State.Ended;

    /// <summary>Whether something of the head has come.</summary>
    public bool HasBegun => _state != State.StatusLine || _column > 0;

    /// <summary>See <see cref="Sending.PlainLength"/>.</summary>
    public int PlainLength => _length.Single is >= 0 and <= int.MaxValue and long length && !_coding.IsUsed ? (int)length : -1;

    /// <summary>Makes ready for the answer to the next request.</summary>
    public void Restart()
    {
        _state = State.StatusLine;
        _column = _status = 0;
        _isOld = false;
        _field = Field.Other;
        _length.Restart();
        _coding.Restart();
    }

    /// <summary>Takes the next bytes that came from the server, as many as there are.</summary>
    /// <returns>How many of them belong to the head.</returns>
    /// <exception cref="ProtocolException">They must not be given to the transport.</exception>
    public int Feed(ReadOnlySpan<byte> bytes)
    {
        int taken = 0;
        while (taken < bytes.Length && _state != State.Ended)
            taken += Step(bytes[taken..]);
        return taken;
    }

    // Takes some bytes and says how many.
    private int Step(ReadOnlySpan<byte> bytes)
    {
        switch (_state)
        {
            case State.StatusLine:
                return StatusLine(bytes);
            case State.LineStart:
                return PlainLine(bytes) is > 0 and int line ? line : LineStart(bytes[0]);
            case State.Name:
                return Name(bytes);
            case State.Value:
                return Value(bytes);
            default:
                if (bytes[0] != '\n') throw Refuse("a carriage return that ends no line");
                if (_state == State.LastReturn) End();
                else _state = State.LineStart;
                return 1;
        }
    }

    private int StatusLine(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)'\n');
        int count = end < 0 ? bytes.Length : end + 1;
        if (bytes[..count].Contains((byte)0)) throw Refuse("a NUL in the status line");
        for (int i = 0; i < count && _column + i < StatusEnd; i++)
        {
            if (_column + i == MinorAt) _isOld = bytes[i] == '0';
            else if (_column + i >= StatusAt) _status = (_status * 10) + (bytes[i] - '0');
        }

        _column = Math.Min(_column + count, StatusEnd);
        if (end >= 0) _state = State.LineStart;
        return count;
    }

    // A whole line of a field that says nothing of where the body ends. Most are that, and need not be taken apart; 0 for any other.
    private int PlainLine(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOfAny((byte)'\r', (byte)'\n', (byte)'\0');
        if (end <= 0 || end + 1 == bytes.Length || bytes[end] != '\r' || bytes[end + 1] != '\n' || bytes[0] is (byte)' ' or (byte)'\t') return 0;

        int name = bytes[..end].IndexOf((byte)':');
        if (name <= 0 || bytes[name - 1] is (byte)' ' or (byte)'\t' || name == Wanted(Field.Length).Length || name == Wanted(Field.Coding).Length) return 0;

        EndField();
        return end + 2;
    }

    private int LineStart(byte first)
    {
        if (first is (byte)' ' or (byte)'\t')
        {
            // The line before goes on here (RFC 9112 §5.2).
            Take(first);
            _state = State.Value;
            return 1;
        }

        EndField();
        switch (first)
        {
            case (byte)'\r':
                _state = State.LastReturn;
                return 1;
            case (byte)'\n':
                End();
                return 1;
            default:
                _state = State.Name;
                _matched = 0;
                _last = 0;
                return 0;
        }
    }

    private int Name(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOfAny((byte)':', (byte)'\n');
        ReadOnlySpan<byte> part = end < 0 ? bytes : bytes[..end];
        for (int i = 0; i < part.Length && _matched != Mismatch; i++)
            Match((byte)(part[i] | 0x20));

        if (!part.IsEmpty) _last = part[^1];
        if (end < 0) return bytes.Length;

        bool isField = bytes[end] == ':';
        if (!isField || _matched != Wanted(_field).Length) _field = Field.Other;

        // A line without a colon is for the transport to refuse. RFC 9112 §5.1: with a space before it, the field is another to some than to others.
        if (isField && _last is ((byte)' ' or (byte)'\t')) throw Refuse("white space between the name of a field and its colon");
        _state = isField ? State.Value : State.LineStart;
        return end + 1;
    }

    private void Match(byte lower)
    {
        if (_matched == 0) _field = lower switch { (byte)'c' => Field.Length, (byte)'t' => Field.Coding, _ => Field.Other };

        ReadOnlySpan<byte> wanted = Wanted(_field);
        _matched = _matched < wanted.Length && lower == wanted[_matched] ? _matched + 1 : Mismatch;
    }

    private static ReadOnlySpan<byte> Wanted(Field field) => field switch
    {
        Field.Length => "content-length"u8,
        Field.Coding => "transfer-encoding"u8,
        _ => [],
    };

    private int Value(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOfAny((byte)'\r', (byte)'\n', (byte)'\0');
        if (_field != Field.Other)
        {
            foreach (byte octet in end < 0 ? bytes : bytes[..end])
                Take(octet);
        }

        if (end < 0) return bytes.Length;

        // RFC 9110 §5.5: a NUL is to be refused, or replaced by a space.
        _state = bytes[end] switch
        {
            (byte)'\r' => State.ValueReturn,
            (byte)'\n' => State.LineStart,
            _ => throw Refuse("a NUL in the value of a field"),
        };
        return end + 1;
    }

    private void Take(byte octet)
    {
        if (_field == Field.Length) _length.Take(octet);
        else if (_field == Field.Coding) _coding.Take(octet);
    }

    private void EndField()
    {
        if (_field == Field.Length) _length.EndField();
        else if (_field == Field.Coding) _coding.EndField();
        _field = Field.Other;
    }

    // After an interim response another head follows; 101 is the last that is HTTP.
    private void End()
    {
        _coding.Check(_isOld, hasLength: _length.IsKnown);
        if (_status is >= 100 and < 200 and not 101) Restart();
        else _state = State.Ended;
    }

    private static ProtocolException Refuse(string what) => new($"the head of the response has {what}.");
}
