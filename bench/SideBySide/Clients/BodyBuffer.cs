using System.Buffers;

namespace RequestsAsync.SideBySide;

/// <summary>The body of a response in a rented array, as a careful caller of <see cref="HttpMessageInvoker"/> reads it.</summary>
internal readonly struct BodyBuffer : IDisposable
{
    private readonly byte[] _rented;
    private readonly int _length;

    private BodyBuffer(byte[] rented, int length) => (_rented, _length) = (rented, length);

    /// <summary>The body.</summary>
    public ReadOnlySpan<byte> Span => _rented.AsSpan(0, _length);

    /// <summary>Reads a body whose length is known.</summary>
    public static async ValueTask<BodyBuffer> ReadAsync(HttpContent content)
    {
        int length = (int)content.Headers.ContentLength!.Value;
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        int read = 0;
        Stream stream = await content.ReadAsStreamAsync();
        while (read < length && await stream.ReadAsync(rented.AsMemory(read, length - read)) is > 0 and int more)
            read += more;
        return new BodyBuffer(rented, read);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);
}
