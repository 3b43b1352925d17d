namespace RequestsAsync.Testing;

/// <summary>What a server saw, and those who wait for more of it.</summary>
internal sealed class ServerLog(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<FaultyRequest> _requests = [];
    private readonly List<FaultyFailure> _failures = [];
    private TaskCompletionSource _changed = NewSignal();

    public TimeProvider Time => time;

    public int Connections { get; private set; }

    public int OpenConnections { get; private set; }

    public IReadOnlyList<FaultyRequest> Requests
    {
        get
        {
            lock (_lock) return [.. _requests];
        }
    }

    public IReadOnlyList<FaultyFailure> Failures
    {
        get
        {
            lock (_lock) return [.. _failures];
        }
    }

    /// <summary>Whether nothing more will change.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Ends with the next change after this call.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock) return _changed.Task;
        }
    }

    public int Open()
    {
        lock (_lock)
        {
            OpenConnections++;
            int number = ++Connections;
            Pulse();
            return number;
        }
    }

    public void Closed()
    {
        lock (_lock)
        {
            OpenConnections--;
            Pulse();
        }
    }

    public FaultyRequest Add(int connection, byte[] head)
    {
        lock (_lock)
        {
            FaultyRequest request = new(_requests.Count + 1, connection, time.GetUtcNow(), head);
            _requests.Add(request);
            Pulse();
            return request;
        }
    }

    public void Fail(FaultyFailure failure)
    {
        lock (_lock)
        {
            _failures.Add(failure);
            Pulse();
        }
    }

    public void End()
    {
        lock (_lock)
        {
            IsOver = true;
            Pulse();
        }
    }

    public void Note()
    {
        lock (_lock) Pulse();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Pulse()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }
}
