using System.Runtime.ExceptionServices;

namespace RequestsAsync;

/// <summary>
/// Sends the requests of an input of any length, so many at once. The input is pulled only when a place is free, so nothing piles up:
/// not requests before they are sent, and not responses before they are taken.
/// </summary>
internal sealed class Dispatcher : IDisposable
{
    private const int LookAhead = 1024;

    private readonly Lock _gate = new();
    private readonly Signal _changed = new();
    private readonly CancellationTokenSource _stop;
    private readonly Session _session;
    private readonly CancellationTokenRegistration _stopping;
    private readonly Func<Dispatcher, Outcome, bool> _completed;
    private readonly ProgressCounter? _progress;
    private readonly HostLimiter? _hosts;
    private readonly int _lookAhead;
    private int _free;
    private int _inFlight;
    private long _pulled;
    private ExceptionDispatchInfo? _fatal;

    /// <summary>Prepares to send; nothing happens before <see cref="RunAsync"/>.</summary>
    /// <param name="session">Who sends.</param>
    /// <param name="options">The limits.</param>
    /// <param name="total">How many requests there are, where that is known.</param>
    /// <param name="completed">
    /// Hears of every outcome, on any thread, and says whether its place is free with that. If not, <see cref="Release"/> must be called for it later.
    /// </param>
    /// <param name="cancellationToken">The caller's token.</param>
    public Dispatcher(Session session, ConcurrencyOptions options, long? total, Func<Dispatcher, Outcome, bool> completed, CancellationToken cancellationToken)
    {
        options.Check();
        _session = session;
        _completed = completed;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stopping = _stop.Token.UnsafeRegister(static changed => ((Signal)changed!).Set(), _changed);
        _free = options.MaxConcurrency;
        _lookAhead = Math.Max(LookAhead, options.MaxConcurrency);
        if (options.MaxPerHost is { } perHost) _hosts = new HostLimiter(perHost);
        if (options.Progress is { } progress) _progress = new ProgressCounter(progress, total, session.Settings.TimeProvider);
    }

    /// <summary>Whether the requests that are under way when the input fails are brought to their end; otherwise they are cancelled.</summary>
    public bool FinishesWhatIsUnderWay { get; init; }

    /// <summary>Sends everything. However it ends, no request is under way any more.</summary>
    /// <exception cref="OperationCanceledException">The caller's token, or <see cref="Stop"/>.</exception>
    public async Task RunAsync(IAsyncEnumerable<Request> requests)
    {
        // Not on the caller's thread: input and answers that never wait would hold it until the last request.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        IAsyncEnumerator<Request> input = requests.GetAsyncEnumerator(_stop.Token);
        Task<bool>? pull = null;
        try
        {
            for (bool more = true; more || !IsIdle();)
            {
                long version = _changed.Version;
                _stop.Token.ThrowIfCancellationRequested();
                StartReady();
                if (!more || !CanPull())
                {
                    if (more || !IsIdle()) await _changed.WaitAsync(version).ConfigureAwait(false);
                    continue;
                }

                // An input that lets wait must not keep those from starting whose host has become free meanwhile.
                pull ??= Pull(input);
                if (!pull.IsCompleted) await Task.WhenAny(pull, _changed.WaitAsync(version)).ConfigureAwait(false);
                if (!pull.IsCompleted) continue;

                more = await HasNextAsync(pull, input).ConfigureAwait(false);
                pull = null;
                if (more) Admit(input.Current);
            }

            _stop.Token.ThrowIfCancellationRequested(); // all may have ended by that before this saw it, and their outcomes were not given out
        }
        finally
        {
            if (pull is not null || !IsIdle()) await StopAndDrainAsync().ConfigureAwait(false);
            await LetGoAsync(input, pull).ConfigureAwait(false);
            _fatal?.Throw();
        }
    }

    /// <summary>Ends the requests that are under way and sends no more.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Gives a place back.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _free++;
        }

        _changed.Set();
    }

    /// <summary>Lets the timers and tokens go; only after <see cref="RunAsync"/> has ended.</summary>
    public void Dispose()
    {
        _stopping.Dispose();
        _stop.Dispose();
    }

    private static Task<bool> Pull(IAsyncEnumerator<Request> input)
    {
        try
        {
            return input.MoveNextAsync().AsTask();
        }
        catch (Exception e)
        {
            return Task.FromException<bool>(e); // told where it is awaited
        }
    }

    // Where outcomes are given out one by one, an input that fails is an input that ends: what is under way is still worth having.
    private async ValueTask<bool> HasNextAsync(Task<bool> pull, IAsyncEnumerator<Request> input)
    {
        try
        {
            if (!await pull.ConfigureAwait(false)) return false;
            if (input.Current is null) throw new ArgumentNullException(nameof(input), "There is a null among the requests.");
            return true;
        }
        catch (Exception e) when (FinishesWhatIsUnderWay && !_stop.IsCancellationRequested)
        {
            _fatal = ExceptionDispatchInfo.Capture(e);
            return false;
        }
    }

    private bool IsIdle()
    {
        lock (_gate)
        {
            return _inFlight == 0 && _hosts is not { Waiting: > 0 };
        }
    }

    private bool CanPull()
    {
        lock (_gate)
        {
            return _free > 0 && (_hosts is null || _hosts.Waiting < _lookAhead);
        }
    }

    private void Admit(Request request)
    {
        QueuedRequest queued = new(_pulled++, request, _hosts is null ? null : HostOf(request));
        lock (_gate)
        {
            if (queued.Host is not null && !_hosts!.TryEnter(queued)) return;
            _free--;
            _inFlight++;
        }

        _ = SendAsync(queued);
    }

    private void StartReady()
    {
        while (true)
        {
            QueuedRequest ready;
            lock (_gate)
            {
                if (_free == 0 || _hosts is null || !_hosts.TryTakeReady(out ready)) return;
                _free--;
                _inFlight++;
            }

            _ = SendAsync(ready);
        }
    }

    // Never throws: what goes wrong is the outcome.
    private async Task SendAsync(QueuedRequest queued)
    {
        Outcome outcome;
        try
        {
            outcome = new(queued.Index, queued.Request, await _session.SendAsync(queued.Request, stream: false, async: true, inBatch: true, _stop.Token).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            outcome = new(queued.Index, queued.Request, e);
        }

        // First: where outcomes are given out in order, the next of the host must be known to be ready before the place of this one is free.
        if (queued.Host is not null) Leave(queued.Host);

        bool isFree = false;
        try
        {
            if (outcome.Error is ObjectDisposedException && _session.Stopping.IsCancellationRequested)
                Fail(outcome.Error); // an endless input would bring nothing but this error, endlessly
            else if (!_stop.IsCancellationRequested)
                isFree = Complete(outcome);
        }
        finally
        {
            End(isFree);
        }
    }

    private void Leave(string host)
    {
        lock (_gate)
        {
            _hosts!.Leave(host);
        }
    }

    private void End(bool isFree)
    {
        bool matters;
        lock (_gate)
        {
            _inFlight--;
            if (isFree) _free++;
            matters = isFree || _inFlight == 0 || _hosts is not null;
        }

        // The thread that has the answer sends the next request: to wake another for it would take longer. What is stopped may have been so by this very thread, which goes on with its own.
        if (matters) _changed.Set(mayGoOnHere: Thread.CurrentThread.IsThreadPoolThread && !_stop.IsCancellationRequested);
    }

    private bool Complete(Outcome outcome)
    {
        try
        {
            _progress?.Count(outcome, _inFlight - 1);
            return _completed(this, outcome);
        }
        catch (Exception e)
        {
            Fail(e); // the caller's own Progress threw
            return false;
        }
    }

    private void Fail(Exception e)
    {
        Interlocked.CompareExchange(ref _fatal, ExceptionDispatchInfo.Capture(e), null);
        Stop();
    }

    private async Task StopAndDrainAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        while (true)
        {
            long version = _changed.Version;
            lock (_gate)
            {
                if (_inFlight == 0) return;
            }

            await _changed.WaitAsync(version).ConfigureAwait(false);
        }
    }

    // An enumerator may not be disposed while it is moving, and one that does not listen to its token may move for ever: then it is let go later.
    private static async ValueTask LetGoAsync(IAsyncEnumerator<Request> input, Task<bool>? pull)
    {
        if (pull is null or { IsCompleted: true })
        {
            await input.DisposeAsync().ConfigureAwait(false);
            return;
        }

        _ = pull.ContinueWith(
            static (ended, input) =>
            {
                _ = ended.Exception; // nobody is left to hear of it
                return ((IAsyncEnumerator<Request>)input!).DisposeAsync().AsTask();
            },
            input,
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    // A URL that is none fails as soon as it is sent; it waits in line all the same, or it would pass those whose turn it is.
    private string HostOf(Request request)
    {
        try
        {
            return RequestUrl.Make(_session.Settings.BaseAddress, request.Url, null).Authority;
        }
        catch (InvalidRequestException)
        {
            return "";
        }
    }
}
