using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>Brings outcomes back into the order of their input; holds those that came too early.</summary>
internal sealed class Sequencer
{
    private readonly Dictionary<long, Outcome> _early = [];
    private long _next;

    public void Put(Outcome outcome) => _early.Add(outcome.Index, outcome);

    public bool TryTake([NotNullWhen(true)] out Outcome? outcome)
    {
        if (!_early.Remove(_next, out outcome)) return false;
        _next++;
        return true;
    }
}
