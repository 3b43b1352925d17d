using System.Buffers.Binary;

namespace RequestsAsync;

/// <summary>Reads along with what the server sends in a handshake: whether it is TLS at all, its version and its alert.</summary>
/// <remarks>Every platform's TLS reports these in other words, or not at all. Only what is not encrypted is seen, which is what a failed handshake ends with.</remarks>
internal sealed class TlsRecords
{
    private const byte AlertType = 21;
    private const byte HandshakeType = 22;
    private const byte ServerHello = 2;
    private const int HeaderLength = 5;
    private const int StartLength = 6; // of a record's content: enough for a ServerHello's type, length and version (RFC 8446 §4.1.3)

    private readonly byte[] _record = new byte[HeaderLength + StartLength];
    private int _position; // within the record

    /// <summary>Whether nothing was sent.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Whether anything was sent that is no TLS record (RFC 8446 §5.1).</summary>
    public bool IsForeign { get; private set; }

    /// <summary>Whether what was sent instead of TLS begins as an answer in HTTP does.</summary>
    public bool IsHttp => IsForeign && _record.AsSpan().StartsWith("HTTP"u8);

    /// <summary>The version in the ServerHello, 0x0303 for TLS 1.2 and for 1.3; 0 before there is one.</summary>
    public int HelloVersion { get; private set; }

    /// <summary>The description of the alert that the server sent.</summary>
    public TlsAlert? Alert { get; private set; }

    private int ContentLength => BinaryPrimitives.ReadUInt16BigEndian(_record.AsSpan(3));

    /// <summary>Takes the next bytes, however they are cut.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        IsEmpty &= bytes.IsEmpty;
        while (!bytes.IsEmpty)
        {
            if (_position < _record.Length)
            {
                _record[_position++] = bytes[0];
                bytes = bytes[1..];
                Look();
            }
            else
            {
                int skipped = IsForeign ? bytes.Length : Math.Min(bytes.Length, HeaderLength + ContentLength - _position);
                _position += skipped;
                bytes = bytes[skipped..];
            }

            if (!IsForeign && _position >= HeaderLength && _position == HeaderLength + ContentLength) _position = 0;
        }
    }

    // Called after every byte, up to the last one that matters.
    private void Look()
    {
        if (IsForeign) return;
        switch (_position)
        {
            case 1 when _record[0] is < 20 or > 23:
            case 2 when _record[1] != 3:
                IsForeign = true;
                break;
            case HeaderLength + 2 when _record[0] == AlertType && ContentLength == 2: // an encrypted one is longer
                Alert = (TlsAlert)_record[HeaderLength + 1];
                break;
            case HeaderLength + StartLength when _record[0] == HandshakeType && _record[HeaderLength] == ServerHello && HelloVersion == 0:
                HelloVersion = BinaryPrimitives.ReadUInt16BigEndian(_record.AsSpan(HeaderLength + 4));
                break;
        }
    }
}
