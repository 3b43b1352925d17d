using System.Collections.Concurrent;

namespace RequestsAsync.Bulk;

/// <summary>Fetches what a frontier has to fetch: politely, as many at once as go well, and each result durable before it counts.</summary>
/// <remarks>One worker is one loop that decides, over one <see cref="Session"/>; many workers may work on one frontier.</remarks>
public sealed partial class BulkWorker : IAsyncDisposable
{
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);

    private readonly IFrontier _frontier;
    private readonly BulkOptions _options;
    private readonly TimeProvider _time;
    private readonly Fetcher _fetcher;
    private readonly Settler _settler;
    private readonly HostBook _book;
    private readonly AdaptiveLimit _limit;
    private readonly BulkCounters _counters = new();
    private readonly ConcurrentQueue<Finished> _finished = new();
    private readonly Signal _signal = new();
    private readonly ITimer _alarm;
    private readonly long _begun;
    private readonly DateTimeOffset _began;
    private int _inFlight;
    private volatile bool _isDraining;

    /// <summary>Creates a worker.</summary>
    /// <param name="frontier">What there is to fetch; the worker does not dispose it.</param>
    /// <param name="options">How to fetch; <see langword="null"/> for the defaults.</param>
    /// <param name="outputs">Where results go beside the frontier; <see langword="null"/> for nowhere.</param>
    /// <exception cref="InvalidRequestException">An option of the session is not allowed.</exception>
    /// <exception cref="SinkException">The output cannot be opened, or there is no folder for the report.</exception>
    public BulkWorker(IFrontier frontier, BulkOptions? options = null, BulkOutputs? outputs = null)
    {
        ArgumentNullException.ThrowIfNull(frontier);
        _frontier = frontier;
        _options = options ?? new();
        _time = _options.TimeProvider;
        if (outputs?.Report is { } report)
        {
            ReportFile.Check(report);
            (_reportPath, _report) = (report, new());
        }

        _output = outputs?.Path is { } path ? JsonLinesFile.Open(path, outputs.MustExist) : null;
        _fetcher = new(_options);
        _robots = new(_fetcher.Session, _options);
        _settler = new(frontier, _output, outputs?.Bodies ?? []);
        _book = new(_options);
        _limit = new(_options.MaxConcurrency);
        _alarm = _time.CreateTimer(static state => ((Signal)state!).Set(), _signal, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _begun = _time.GetTimestamp();
        _began = _time.GetUtcNow();
    }

    /// <summary>How far it is.</summary>
    public BulkProgress Progress => _counters.Read(_time.GetElapsedTime(_begun), Volatile.Read(ref _inFlight), _limit.Value, _book.Count);

    /// <summary>Whether it could do with requests to other hosts than those that wait.</summary>
    internal bool IsHungry => Volatile.Read(ref _inFlight) < _limit.Value && _book.Waiting < _limit.Value;

    /// <summary>Begins nothing more, waits for what is in flight, and gives everything else back: <see cref="RunAsync"/> then ends.</summary>
    public void Drain()
    {
        _isDraining = true;
        _signal.Set();
    }

    /// <summary>Works until the job is finished or cancelled, or it is told to stop.</summary>
    /// <param name="cancellationToken">Ends what is in flight at once; it goes back to the frontier as all that was not begun. What was received is stored.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="SinkException">Results cannot be stored. What could not be is not done: the job can be resumed.</exception>
    /// <exception cref="FrontierException">The frontier cannot be reached, or cannot store.</exception>
    public async Task<BulkSummary> RunAsync(CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using CancellationTokenRegistration wake = cancellationToken.UnsafeRegister(static worker => ((BulkWorker)worker!).Drain(), this);
        FrontierStats? before = _report is null ? null : await _frontier.GetStatsAsync(CancellationToken.None).ConfigureAwait(false);
        BulkSummary summary = await WorkAsync(stopping).ConfigureAwait(false);
        if (before is not null) await WriteReportAsync(before, summary).ConfigureAwait(false);
        return summary;
    }

    private async Task<BulkSummary> WorkAsync(CancellationTokenSource stopping)
    {
        try
        {
            while (true)
            {
                long version = _signal.Version;
                TakeResults();
                await TakeLeasesAsync().ConfigureAwait(false);
                StartRequests(stopping.Token);
                BeginSettling();
                if (IsOver) return new(_state, Progress, _isDraining && _state == FrontierState.Open);

                SetAlarm();
                await _signal.WaitAsync(version).ConfigureAwait(false);
            }
        }
        finally
        {
            // After a failure nothing can be settled any more: what is in flight would be done in vain.
            await stopping.CancelAsync().ConfigureAwait(false);
            await WaitForFlightsAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _alarm.DisposeAsync().ConfigureAwait(false);
        await _fetcher.DisposeAsync().ConfigureAwait(false);
        _settler.Dispose();
        if (_output is not null) await _output.DisposeAsync().ConfigureAwait(false);
    }

    private bool IsOver => _inFlight == 0 && _settling is null && _batch.Count == 0 && (_isDraining || _state != FrontierState.Open) && _book.Count == 0;

    private void StartRequests(CancellationToken cancellationToken)
    {
        while (!_isDraining && _inFlight < _limit.Value && !IsBehind && _book.TryTakeReady(out HostTurn host))
        {
            _inFlight++;
            if (NeedsRobots(host)) StartRobots(host, cancellationToken);
            else Start(host, _book.Next(host), cancellationToken);
            _book.Offer(host);
        }
    }

    private void Start(HostTurn host, LeasedRequest leased, CancellationToken cancellationToken)
    {
        if (Refusal(host, leased) is { } refused) _finished.Enqueue(new(host, refused, null));
        else _ = FetchAsync(host, leased, cancellationToken);
    }

    // What nothing is sent for.
    private FetchResult? Refusal(HostTurn host, LeasedRequest leased)
    {
        if (leased.Request.Problem is { } problem) return _fetcher.Refuse(host, leased, BulkErrorKind.BadInput, problem);
        if (host.Policy is { IsBlocked: true }) return _fetcher.Refuse(host, leased, BulkErrorKind.Blocked, $"The host {host.Key.Host} is not to be fetched from: its policy says so.");
        return IsForbidden(host, leased, out string? why) ? _fetcher.Refuse(host, leased, BulkErrorKind.Robots, why!) : null;
    }

    private async Task FetchAsync(HostTurn host, LeasedRequest leased, CancellationToken cancellationToken)
    {
        FetchResult? result = null;
        try
        {
            result = await _fetcher.FetchAsync(host, leased, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It was not dealt with, and goes back with its host.
        }
        finally
        {
            _finished.Enqueue(new(host, result, null));
            _signal.Set();
        }
    }

    private void TakeResults()
    {
        while (_finished.TryDequeue(out Finished finished))
        {
            HostTurn host = finished.Host;
            _inFlight--;
            host.InFlight--;
            host.IsAskingForRobots &= finished.Result is not null;
            if (finished.Robots is { } robots) TakeRobots(host, robots.Key, robots.Value);
            if (finished.Result is { } result) TakeResult(host, result);
            _book.Offer(host);
        }
    }

    private void TakeResult(HostTurn host, FetchResult result)
    {
        _counters.Add(result);
        _report?.Add(host.Key.Host, result, _time.GetElapsedTime(_begun));
        if (result.Latency is not null || result.IsNetworkFailure)
        {
            _limit.Add(host.Key.Host, result.IsNetworkFailure, result.Latency ?? TimeSpan.Zero);
            Throttle(host, result);
            host.NextAt = _time.GetTimestamp() + Ticks(host.Delay);
        }

        if (result.Block is not null) _book.Block(host);
        AddToBatch(result);
    }

    private void Throttle(HostTurn host, FetchResult result)
    {
        if (!_options.AutoThrottle) return;

        TimeSpan delay = AutoThrottle.Next(host.Delay, result.Latency ?? result.Record.Elapsed, isGood: result.Record.Status is >= 200 and < 400, host.Policy?.Delay ?? _options.Delay, _options.MaxDelay);
        if (delay == host.Delay) return;
        host.Delay = delay;
        host.Notes = host.Notes with { Delay = delay.TotalMilliseconds };
        host.HasNewNotes = true;
    }

    private async Task WaitForFlightsAsync()
    {
        while (true)
        {
            long version = _signal.Version;
            TakeResults();
            if (_inFlight == 0) break;
            await _signal.WaitAsync(version).ConfigureAwait(false);
        }

        if (_settling is Task settling) await settling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);

    /// <summary>Something in flight has ended: with a result, with what an origin says about robots, or, where the worker stops, with neither.</summary>
    private readonly record struct Finished(HostTurn Host, FetchResult? Result, KeyValuePair<string, RobotsNote>? Robots);
}
