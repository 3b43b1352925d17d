namespace RequestsAsync;

/// <summary>The connections of a session that are open, and which of them give way when there are too many.</summary>
/// <remarks>
/// The transport keeps idle connections for each host, and knows no limit for all hosts together: a crawl of many hosts would end for want of
/// file descriptors long before they time out. Connections of HTTP/2, whose streams nobody sees from here, are left to their idle timeout.
/// </remarks>
internal sealed class OpenConnections(Limits limits, TimeProvider time)
{
    private const int Stride = 16; // idle connections are looked for at every so many-th connection, and then so many are closed

    private readonly int _limit = limits.MaxConnections ?? Limits.DefaultMaxConnections;
    private readonly bool _isStrict = limits.MaxConnections is not null;
    private readonly Lock _gate = new();
    private readonly HashSet<ConnectionStream> _open = [];
    private readonly Dictionary<(string Host, int Port), Connection> _http2 = [];
    private int _opening;
    private int _opened;

    /// <summary>How many are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>
    /// One more is about to be opened. Lets idle connections go where it would be too many: those that have been idle for the longest, and none to the same
    /// host, which the transport would have used if it were not about to be.
    /// </summary>
    public void Begin(string host, int port)
    {
        List<ConnectionStream> leaving;
        lock (_gate)
        {
            if (_open.Count + ++_opening <= _limit) return;
            if (!_isStrict && _opened++ % Stride != 0) return;

            leaving = [.. _open.Where(stream => stream.IdleSince is not null && !(stream.Connection.Port == port && stream.Connection.Host == host)).OrderBy(static stream => stream.IdleSince)];
        }

        // Without a limit that was set, as many as you like may be in use; then the limit is for those that are not.
        int surplus = _isStrict ? Math.Min(leaving.Count, 1) : Math.Min(leaving.Count - _limit + Stride, Stride);
        foreach (ConnectionStream stream in leaving)
        {
            if (surplus <= 0) return;
            if (stream.TryCloseIdle()) surplus--;
        }
    }

    /// <summary>It was opened, or could not be.</summary>
    public void End()
    {
        lock (_gate)
        {
            _opening--;
        }
    }

    /// <summary>Takes note of a connection.</summary>
    public void Add(ConnectionStream stream, bool isHttp2)
    {
        lock (_gate)
        {
            _open.Add(stream);
            if (isHttp2) _http2[(stream.Connection.Host, stream.Connection.Port)] = stream.Connection;
        }

        Telemetry.Opened(stream.Connection);
    }

    /// <summary>The newest HTTP/2 connection to a host.</summary>
    public Connection? NewestHttp2(string host, int port)
    {
        lock (_gate)
        {
            return _http2.GetValueOrDefault((host, port));
        }
    }

    /// <summary>A connection was closed.</summary>
    public void Remove(ConnectionStream stream)
    {
        Connection connection = stream.Connection;
        lock (_gate)
        {
            if (!_open.Remove(stream)) return;
            if (_http2.TryGetValue((connection.Host, connection.Port), out Connection? newest) && newest == connection) _http2.Remove((connection.Host, connection.Port));
        }

        Telemetry.Closed(connection, time.GetElapsedTime(connection.Opened));
    }
}
