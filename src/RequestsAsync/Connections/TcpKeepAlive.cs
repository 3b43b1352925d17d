using System.Net.Sockets;

namespace RequestsAsync;

/// <summary>When TCP asks whether an idle peer is still there (RFC 1122 §4.2.3.6), so that a dead one is noticed and a NAT on the way keeps the connection.</summary>
/// <remarks>With the defaults a dead peer is noticed after two minutes. What a platform does not support is left as the platform has it.</remarks>
public sealed record TcpKeepAlive
{
    private const int MaxSeconds = short.MaxValue; // what Linux takes
    private const int MaxCount = sbyte.MaxValue;

    /// <summary>How long a connection is idle before it is asked, in whole seconds.</summary>
    /// <value>Default: 60 seconds.</value>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The time between questions without an answer, in whole seconds.</summary>
    /// <value>Default: 15 seconds.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many questions without an answer make the peer dead.</summary>
    /// <value>Default: 4.</value>
    public int Count { get; init; } = 4;

    internal void Check()
    {
        Check(Time, nameof(Time));
        Check(Interval, nameof(Interval));
        if (Count is < 1 or > MaxCount) throw new InvalidRequestException($"The {nameof(Count)} of KeepAlive is {Count}: it must be from 1 to {MaxCount}.");
    }

    internal void Apply(Socket socket)
    {
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)Time.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, (int)Interval.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Count);
        }
        catch (SocketException)
        {
            // Not every platform has every setting, and a connection without one is better than none.
        }
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time.Ticks % TimeSpan.TicksPerSecond != 0 || time.TotalSeconds is < 1 or > MaxSeconds)
            throw new InvalidRequestException($"The {name} of KeepAlive is {time}: it must be whole seconds, from 1 to {MaxSeconds}.");
    }
}
