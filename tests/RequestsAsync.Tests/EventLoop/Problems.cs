namespace RequestsAsync.Tests;

/// <summary>Collects what a loop reports.</summary>
internal sealed class Problems
{
    public List<LoopProblem> Seen { get; } = [];

    public List<SlowCallback> Slow { get; } = [];

    public EventLoopOptions Options => new() { OnProblem = Add, OnSlowCallback = Add };

    private void Add(LoopProblem problem)
    {
        lock (Seen)
        {
            Seen.Add(problem);
        }
    }

    private void Add(SlowCallback slow)
    {
        lock (Slow)
        {
            Slow.Add(slow);
        }
    }
}
