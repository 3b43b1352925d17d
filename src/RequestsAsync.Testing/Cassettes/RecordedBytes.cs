using System.Globalization;

namespace RequestsAsync.Testing;

/// <summary>The bytes of a body that passes by.</summary>
/// <param name="what">Whose body it is, for a message.</param>
/// <param name="maxBytes">How many are kept.</param>
internal sealed class RecordedBytes(string what, int maxBytes)
{
    private readonly Lock _lock = new();
    private readonly System.Buffers.ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Whether there were more than are kept.</summary>
    public bool IsOverfull { get; private set; }

    /// <summary>Begins anew: the content is sent again.</summary>
    public void Clear()
    {
        lock (_lock) _bytes.ResetWrittenCount();
    }

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="CassetteException">It is more than is kept.</exception>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (bytes.Length <= maxBytes - _bytes.WrittenCount)
            {
                System.Buffers.BuffersExtensions.Write(_bytes, bytes);
                return;
            }

            IsOverfull = true;
        }

        throw new CassetteException(string.Create(
            CultureInfo.InvariantCulture,
            $"{what} has more than {maxBytes} bytes and cannot be recorded. Raise CassetteOptions.MaxBodyBytes, or let this request go past the cassette."));
    }

    /// <summary>What there is of it so far.</summary>
    public byte[] ToArray()
    {
        lock (_lock) return _bytes.WrittenSpan.ToArray();
    }
}
