using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;

namespace RequestsAsync.Testing;

public sealed partial class FaultyServer
{
    /// <summary>How many connections were accepted so far.</summary>
    public int ConnectionCount => _log.Connections;

    /// <summary>How many connections are open now, on the side of the server.</summary>
    public int OpenConnectionCount => _log.OpenConnections;

    /// <summary>The requests whose heads were read so far, in that order.</summary>
    public IReadOnlyList<FaultyRequest> Requests => _log.Requests;

    /// <summary>The heads of <see cref="Requests"/>: each the request line, the fields and the empty line.</summary>
    public IReadOnlyList<string> Heads => [.. Requests.Select(static request => request.Head)];

    /// <summary>Where scripts could not go on, in order, expected or not.</summary>
    public IReadOnlyList<FaultyFailure> Failures => _log.Failures;

    /// <summary>
    /// Takes the next request that was not taken yet: when its head was read, or with <see cref="FaultyScript.ReadRequest"/> when all of it was read.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">The server was disposed of, and no request is left.</exception>
    public async Task<FaultyRequest> NextRequestAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _ready.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new InvalidOperationException($"No request will come any more: {Url} was disposed of.", e);
        }
    }

    /// <summary>Waits until what was recorded fulfils a condition, such as <c>server => server.OpenConnectionCount == 0</c>.</summary>
    /// <param name="condition">Is asked at once, and again whenever a byte of a request, a connection, its end or a failure was recorded.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">The server was disposed of, and the condition is not fulfilled.</exception>
    public async Task WaitUntilAsync(Func<FaultyServer, bool> condition, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task changed = _log.Changed;
            bool isOver = _log.IsOver;
            if (condition(this)) return;
            if (isOver) throw new InvalidOperationException($"Nothing will happen any more: {Url} was disposed of.");
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells whether every script ran as it was written so far, on connections that are still open too.</summary>
    /// <exception cref="FaultyServerException">A script could not go on, and it had not said <see cref="FaultyScript.MayLeave"/>.</exception>
    public void Verify()
    {
        IReadOnlyList<FaultyFailure> unexpected = [.. Failures.Where(static failure => !failure.IsExpected)];
        if (unexpected.Count > 0) throw new FaultyServerException($"Scripts of {Url} could not go on:", unexpected);
    }

    private async Task ServeAsync(FaultyConnection connection)
    {
        try
        {
            await _script(connection).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            bool isClient = e is IOException or SocketException or AuthenticationException;
            bool isEnd = _stop.IsCancellationRequested && (isClient || e is OperationCanceledException or ObjectDisposedException);
            if (!isEnd) _log.Fail(new(connection.Number, connection.Step, e, _log.Time.GetUtcNow(), isClient, isClient && connection.ExpectsLeaving));
        }
        finally
        {
            connection.Close();
        }
    }
}
