using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace RequestsAsync.Testing;

/// <summary>
/// A server of raw sockets on the loopback interface that does on each connection exactly what a script says, right or wrong: it cuts answers off, resets,
/// drips, stays silent, speaks nonsense. It records every request byte for byte.
/// </summary>
/// <example>
/// <code>
/// await using var server = FaultyServer.Start(script => script.ReadHead().Write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe").Reset());
/// await Assert.ThrowsAsync&lt;HttpRequestException>(() => client.GetAsync(server.Url));
/// FaultyRequest request = await server.NextRequestAsync();
/// </code>
/// </example>
/// <remarks>
/// A script that cannot go on because the client closed is a recorded failure, which <see cref="Verify"/> tells of. A script whose own function throws
/// is one that the disposal tells of too, since nobody else would. No thread waits for anything here.
/// </remarks>
public sealed partial class FaultyServer : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly ServerSocket _listener;
    private readonly Func<FaultyConnection, Task> _script;
    private readonly ServerLog _log;
    private readonly Channel<FaultyRequest> _ready = Channel.CreateUnbounded<FaultyRequest>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _serving = [];
    private readonly Task _accepting;
    private Task? _disposing;

    private FaultyServer(ServerSocket listener, Func<FaultyConnection, Task> script, FaultyServerOptions options)
    {
        _listener = listener;
        _script = script;
        _log = new(options.TimeProvider);
        _accepting = listener.Accepts ? Task.Run(AcceptAsync) : Task.CompletedTask;
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:43567</c>, without a trailing slash; <c>http://localhost</c> on a Unix domain socket.</summary>
    public string Url => _listener.UrlOf("http");

    /// <summary><see cref="Url"/> with <c>https</c>, for scripts with <see cref="FaultyScript.UseTls(System.Net.Security.SslServerAuthenticationOptions)"/>.</summary>
    public string SecureUrl => _listener.UrlOf("https");

    /// <summary>The TCP port; 0 on a Unix domain socket.</summary>
    public int Port => (_listener.EndPoint as IPEndPoint)?.Port ?? 0;

    /// <summary>Where it listens: an <see cref="IPEndPoint"/> or a <see cref="UnixDomainSocketEndPoint"/>.</summary>
    public EndPoint EndPoint => _listener.EndPoint;

    /// <summary>Starts a server whose script is made of steps.</summary>
    /// <param name="script">Puts the steps together, once; each connection then runs them from the first.</param>
    /// <param name="options">Address, port, clock; <see langword="null"/> for a free port of 127.0.0.1.</param>
    /// <exception cref="SocketException">The port or the path is taken.</exception>
    /// <exception cref="InvalidOperationException">A step can never be reached.</exception>
    public static FaultyServer Start(Action<FaultyScript> script, FaultyServerOptions? options = null) => Serve(FaultyScript.Build(script).RunAsync, options);

    /// <summary>Starts a server that reads the head of one request on each connection, writes a text and closes.</summary>
    /// <param name="answer">Exactly what goes out, each character a byte (Latin-1): line ends are <c>\r\n</c>.</param>
    /// <param name="options">Address, port, clock; <see langword="null"/> for a free port of 127.0.0.1.</param>
    /// <exception cref="SocketException">The port or the path is taken.</exception>
    public static FaultyServer Start(string answer, FaultyServerOptions? options = null) => Start(script => script.ReadHead().Write(answer), options);

    /// <summary>Starts a server that reads the head of one request on each connection, writes bytes and closes.</summary>
    /// <param name="answer">Exactly what goes out.</param>
    /// <param name="options">Address, port, clock; <see langword="null"/> for a free port of 127.0.0.1.</param>
    /// <exception cref="SocketException">The port or the path is taken.</exception>
    public static FaultyServer Start(byte[] answer, FaultyServerOptions? options = null) => Start(script => script.ReadHead().Write(answer), options);

    /// <summary>Starts a server whose script is code.</summary>
    /// <param name="script">Serves a connection, which is closed when it returns; it must end when <see cref="FaultyConnection.Stop"/> is cancelled.</param>
    /// <param name="options">Address, port, clock; <see langword="null"/> for a free port of 127.0.0.1.</param>
    /// <exception cref="SocketException">The port or the path is taken.</exception>
    public static FaultyServer Serve(Func<FaultyConnection, Task> script, FaultyServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(script);
        options ??= new();
        return new(ServerSocket.Listen(options), script, options);
    }

    /// <summary>Takes a port and refuses every connection to it.</summary>
    /// <param name="options">Address and port; <see langword="null"/> for a free port of 127.0.0.1.</param>
    /// <remarks>Nobody else gets the port before the disposal, unlike one that was free a moment ago.</remarks>
    /// <exception cref="SocketException">The port or the path is taken.</exception>
    public static FaultyServer StartRefusing(FaultyServerOptions? options = null)
    {
        options ??= new();
        return new(ServerSocket.Bind(options), static _ => Task.CompletedTask, options);
    }

    /// <summary>Takes a port that answers nobody: its backlog is full, so that the system drops whoever knocks.</summary>
    /// <param name="options">Address and port; <see langword="null"/> for a free port of 127.0.0.1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    /// <exception cref="PlatformNotSupportedException">This system takes connections beyond the backlog.</exception>
    public static async Task<FaultyServer> StartUnreachableAsync(FaultyServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        return new(await ServerSocket.FillAsync(options, cancellationToken).ConfigureAwait(false), static _ => Task.CompletedTask, options);
    }

    /// <summary>
    /// Stops listening, ends every script where it is, closes all connections, waits for all of it and deletes the file of a Unix domain socket.
    /// </summary>
    /// <exception cref="FaultyServerException">A function of a script threw, or does not end.</exception>
    public ValueTask DisposeAsync()
    {
        lock (_lock) return new(_disposing ??= StopAsync());
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        _ready.Writer.Complete();
        Task[] serving;
        lock (_lock) serving = [.. _serving];
        try
        {
            await Task.WhenAll(serving).WaitAsync(Grace).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new FaultyServerException($"A script still runs {Grace.TotalSeconds:0} s after the end of {Url}: what it waits for must wait on FaultyConnection.Stop.", Failures);
        }
        finally
        {
            _log.End();
        }

        _stop.Dispose();
        IReadOnlyList<FaultyFailure> own = [.. Failures.Where(static failure => !failure.IsClient)];
        if (own.Count > 0) throw new FaultyServerException($"A script of {Url} threw:", own);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                Socket socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                FaultyConnection connection = new(socket, new CountingSocketStream(socket), _log, _ready.Writer, _stop.Token);
                Track(Task.Run(() => ServeAsync(connection)));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is not SocketError.ConnectionAborted and not SocketError.ConnectionReset)
            {
                _log.Fail(new(0, "", e, _log.Time.GetUtcNow(), IsClient: false, IsExpected: false));
                return;
            }
            catch (SocketException)
            {
                // It was gone before it was accepted.
            }
        }
    }

    private void Track(Task serving)
    {
        lock (_lock) _serving.Add(serving);
        _ = serving.ContinueWith(
            ended =>
            {
                lock (_lock) _serving.Remove(ended);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
