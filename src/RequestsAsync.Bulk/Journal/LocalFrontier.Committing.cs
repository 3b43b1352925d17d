namespace RequestsAsync.Bulk;

/// <content>Calls are made durable together: while one group is being written the next one gathers.</content>
public sealed partial class LocalFrontier
{
    private readonly Lock _queueLock = new();
    private readonly List<(Operation Operation, LogFile? File)> _prepared = [];
    private List<Operation> _gathered = [];
    private List<Operation> _group = [];
    private bool _isRunning;
    private bool _isCommitting;
    private bool _isClosed;

    /// <summary>Writes what has gathered, until nothing has.</summary>
    private void WriteGroups()
    {
        while (true)
        {
            lock (_queueLock)
            {
                (_gathered, _group) = (_group, _gathered);
                if (_group.Count == 0)
                {
                    _isRunning = false;
                    return;
                }
            }

            RunGroup();
            _group.Clear();
        }
    }

    private Task<T> SubmitAsync<T>(Operation<T> operation)
    {
        bool start;
        lock (_queueLock)
        {
            _gathered.Add(operation);
            start = !_isRunning;
            _isRunning = true;
        }

        if (start) ThreadPool.UnsafeQueueUserWorkItem(static frontier => frontier.WriteGroups(), this, preferLocal: false);
        return operation.Task;
    }

    private void RunGroup()
    {
        lock (_gate)
        {
            if (!_isClosed) _job.State.Advance(_job.Clock.Now);
            _isCommitting = true;
            foreach (Operation operation in _group) Prepare(operation);
        }

        // Nothing else touches the files, and leases may be renewed meanwhile.
        FrontierException? spoolFailure = Commit(_job.Spool), journalFailure = Commit(_job.Journal);
        lock (_gate)
        {
            _job.Entries.SpoolLength = _job.Spool.Length;
            foreach ((Operation operation, LogFile? file) in _prepared)
                Finish(operation, file is null ? null : ReferenceEquals(file, _job.Spool) ? spoolFailure : journalFailure);
            _prepared.Clear();
            _isCommitting = false;
            if (!_isClosed) _job.CompactWhenLong();
        }

        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private void Prepare(Operation operation)
    {
        if (operation.IsCancelled()) return;
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (operation is CloseOperation)
            {
                // Those before it in the group are not written yet, and those after it find it closed.
                _isClosed = true;
            }
            else if (_job.Fault is not null) throw new FrontierException(_job.Fault.Message, _job.Fault);

            _prepared.Add((operation, operation.Prepare(_job)));
        }
        catch (Exception exception)
        {
            // Whatever it is, it is the caller's to know.
            _job.Entries.Drop();
            operation.Fail(exception);
        }
    }

    private static FrontierException? Commit(LogFile file)
    {
        if (file.Pending.Length == 0) return null;
        try
        {
            file.Commit();
            return null;
        }
        catch (FrontierException exception)
        {
            return exception;
        }
    }

    private void Finish(Operation operation, FrontierException? failure)
    {
        if (failure is null)
        {
            operation.Apply(_job);
            operation.Succeed();
            return;
        }

        operation.Undo(_job);
        operation.Fail(failure);
    }
}
