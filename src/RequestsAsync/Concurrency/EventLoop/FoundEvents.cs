namespace RequestsAsync;

/// <summary>What the system has told of a loop's connections and the loop has not passed on yet.</summary>
/// <remarks>
/// The system tells of each arrival once. What follows the first of several events may hold the loop, even by waiting for what the second one brings:
/// then the one that stands in for the loop (<see cref="LoopStandIn"/>) takes the rest.
/// </remarks>
internal sealed class FoundEvents
{
    private readonly Lock _gate = new();
    private List<PollEvent> _events = [];
    private int _taken;

    /// <summary>Where the loop's thread, and nobody else, puts what it is told, for <see cref="Publish"/>.</summary>
    public List<PollEvent> Told { get; private set; } = [];

    /// <summary>Lets the events that were told be taken; those before must have been. Only on the loop's thread.</summary>
    public void Publish()
    {
        lock (_gate)
        {
            (_events, Told) = (Told, _events);
            _taken = 0;
        }

        Told.Clear();
    }

    /// <summary>Takes one, from any thread.</summary>
    public bool TryTake(out PollEvent one)
    {
        lock (_gate)
        {
            if (_taken == _events.Count)
            {
                one = default;
                return false;
            }

            one = _events[_taken++];
            return true;
        }
    }
}
