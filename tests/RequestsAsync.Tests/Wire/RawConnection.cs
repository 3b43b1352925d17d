using System.Net.Sockets;
using System.Text;

namespace RequestsAsync.Tests;

/// <summary>One connection of a <see cref="RawServer"/>.</summary>
internal sealed class RawConnection(Socket socket, List<string> heads, CancellationToken stop)
{
    private readonly byte[] _buffer = new byte[64 << 10];
    private int _filled;

    /// <summary>Cancelled when the test is over: what a script waits for, waits on this.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Reads to the end of a request's head; empty when the client closed first.</summary>
    public async Task<string> ReadHeadAsync()
    {
        while (true)
        {
            int end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                string head = Encoding.UTF8.GetString(_buffer, 0, end + 4);
                Consume(end + 4);
                lock (heads)
                {
                    heads.Add(head);
                }

                return head;
            }

            if (!await FillAsync()) return "";
        }
    }

    /// <summary>Reads so many bytes of content.</summary>
    public async Task<string> ReadAsync(int count) => Encoding.UTF8.GetString(await ReadBytesAsync(count));

    /// <summary>Reads so many bytes, or fewer when the client closes first.</summary>
    public async Task<byte[]> ReadBytesAsync(int count)
    {
        while (_filled < count && await FillAsync())
        {
        }

        byte[] bytes = _buffer[..Math.Min(count, _filled)];
        Consume(bytes.Length);
        return bytes;
    }

    /// <summary>Reads so many bytes of content, or fewer when the client closes first, keeps none and says how many they were.</summary>
    public async Task<long> DiscardAsync(long count)
    {
        long discarded = 0;
        while (discarded < count && (_filled > 0 || await FillAsync()))
        {
            int next = (int)Math.Min(_filled, count - discarded);
            Consume(next);
            discarded += next;
        }

        return discarded;
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, stop)..];
    }

    /// <summary>Waits until the client closes.</summary>
    public async Task WaitForCloseAsync()
    {
        while (await FillAsync())
            _filled = 0;
    }

    /// <summary>Closes with RST.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    private async Task<bool> FillAsync()
    {
        int read = await socket.ReceiveAsync(_buffer.AsMemory(_filled), stop);
        _filled += read;
        return read > 0;
    }

    private void Consume(int count)
    {
        _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
        _filled -= count;
    }
}
