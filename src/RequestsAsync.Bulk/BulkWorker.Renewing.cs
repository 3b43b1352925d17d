namespace RequestsAsync.Bulk;

// Leases are renewed with the calls that settle. What is said here is for when those are long in coming: a slow disk, or an end that waits for the last answers.
public sealed partial class BulkWorker
{
    private Task<IReadOnlyList<LeaseKey>>? _renewing;
    private List<LeaseKey> _renewed = [];
    private long _renewedAt;
    private long _lookForEndsAt;

    private async ValueTask TakeRenewedAsync()
    {
        if (_renewing is not { IsCompleted: true } renewing) return;

        _renewing = null;
        _book.Renew(_renewed, await renewing.ConfigureAwait(false), _renewedAt);
    }

    private void BeginRenewing()
    {
        long now = _time.GetTimestamp();
        if (!HoldsLeases || now < _lookForEndsAt) return;

        _lookForEndsAt = now + Ticks(_options.LeaseDuration / 8);
        // Where a call that settles would do it as well, it is given the time for that.
        bool isAlone = IsLast || _settling is not null;
        List<LeaseKey> ending = _book.EndingBefore(now + Ticks(_options.LeaseDuration / (isAlone ? 2 : 3)));
        // What is being given back is held until it is: its results are stored by the same call.
        if (_settling is not null && now >= _settledAt + Ticks(_options.LeaseDuration / 3)) ending.AddRange(_query!.Releases.Select(static release => release.Lease));
        if (ending.Count == 0) return;

        (_renewed, _renewedAt) = (ending, now);
        _renewing = Task.Run(() => _frontier.RenewAsync(_options.Worker, ending, CancellationToken.None).AsTask());
        WakeAfter(_renewing);
    }

    private bool HoldsLeases => _renewing is null && (_book.Count > 0 || (_settling is not null && _query!.Releases.Count > 0));

    private void WakeAfter(Task task) =>
        _ = task.ContinueWith(static (_, signal) => ((Signal)signal!).Set(), _signal, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
