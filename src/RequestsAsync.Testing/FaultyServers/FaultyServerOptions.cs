using System.Net;

namespace RequestsAsync.Testing;

/// <summary>Where a <see cref="FaultyServer"/> listens, and by which clock it waits.</summary>
public sealed class FaultyServerOptions
{
    /// <summary>The address to listen on.</summary>
    /// <value><see cref="IPAddress.Loopback"/> by default; <see cref="IPAddress.IPv6Loopback"/> for <c>::1</c>.</value>
    /// <exception cref="ArgumentException">An address that others than this machine can reach.</exception>
    public IPAddress Address
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!IPAddress.IsLoopback(value)) throw new ArgumentException($"{value} is not a loopback address: a faulty server is for this machine only.", nameof(value));
            field = value;
        }
    }

    = IPAddress.Loopback;

    /// <summary>The TCP port.</summary>
    /// <value>0 by default: the system picks a free one, which <see cref="FaultyServer.Port"/> then names.</value>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0 or more than 65535.</exception>
    public int Port
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, ushort.MaxValue);
            field = value;
        }
    }

    /// <summary>The path of a Unix domain socket to listen on instead of a port; the server makes the file and deletes it.</summary>
    /// <value><see langword="null"/> by default: TCP.</value>
    public string? UnixSocket { get; set; }

    /// <summary>How many connections may wait to be accepted.</summary>
    /// <value>512 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public int Backlog
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    = 512;

    /// <summary>How many bytes the system keeps of each connection for a script that does not read (<c>SO_RCVBUF</c>).</summary>
    /// <value><see langword="null"/> by default: as the system likes. A small number lets a client that sends stall soon.</value>
    public int? ReceiveBufferSize { get; set; }

    /// <summary>The clock of <see cref="FaultyScript.Wait"/> and <see cref="FaultyScript.WriteSlowly(byte[], int, TimeSpan)"/>, and of every recorded time.</summary>
    /// <value><see cref="TimeProvider.System"/> by default.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
