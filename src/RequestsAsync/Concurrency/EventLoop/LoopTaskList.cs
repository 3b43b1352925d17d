namespace RequestsAsync;

/// <summary>The tasks of a loop that have not ended, and those that failed and that nobody has asked for their exception.</summary>
/// <remarks>A loop keeps its tasks alive; asyncio, which does not, has to warn of tasks that vanish.</remarks>
internal sealed class LoopTaskList
{
    /// <summary>How many failed tasks wait for somebody to ask. More are reported at once: a loop may run for months.</summary>
    private const int MostFailed = 1000;

    private readonly List<LoopTask> _failed = [];
    private LoopTask? _first;

    public bool IsEmpty => _first is null;

    public void Add(LoopTask task)
    {
        task.Next = _first;
        _first?.Previous = task;
        _first = task;
    }

    public void Remove(LoopTask task, LoopProblems problems)
    {
        if (task.Previous is { } previous)
            previous.Next = task.Next;
        else
            _first = task.Next;
        task.Next?.Previous = task.Previous;
        task.Next = task.Previous = null;

        if (!task.HasUnretrievedException) return;
        _failed.Add(task);
        if (_failed.Count > MostFailed) ReportFailed(problems);
    }

    /// <summary>The tasks that have not ended, the oldest first.</summary>
    public LoopTask[] ToArray()
    {
        List<LoopTask> all = [];
        for (LoopTask? task = _first; task is not null; task = task.Next)
            all.Add(task);
        all.Reverse();
        return [.. all];
    }

    /// <summary>Reports every failed task that nobody has asked for its exception.</summary>
    public void ReportFailed(LoopProblems problems)
    {
        foreach (LoopTask task in _failed)
        {
            if (task.HasUnretrievedException) problems.Report(new($"{task.Name} failed, and its exception was never retrieved: await the task.", task.Exception, task));
        }

        _failed.Clear();
    }
}
