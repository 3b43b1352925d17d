namespace RequestsAsync.Testing;

// How often it answers.
public sealed partial class MockRoute
{
    private int? _limit;
    private int _count;
    private bool _isOptional;

    /// <summary>Answers exactly so often. Calls beyond that go to a later route, or are unmatched; fewer are found by <see cref="MockTransport.Verify"/>.</summary>
    /// <param name="count">How often.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public MockRoute Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        lock (_gate)
        {
            _limit = count;
            _isOptional = false;
        }

        return this;
    }

    /// <summary>Answers exactly once, as <see cref="Times"/> has it.</summary>
    public MockRoute Once() => Times(1);

    /// <summary>Answers as often as it is called, and need not be called at all. Without this, and without <see cref="Times"/>, a route must be called at least once.</summary>
    public MockRoute AnyTimes()
    {
        lock (_gate)
        {
            _limit = null;
            _isOptional = true;
        }

        return this;
    }

    /// <summary>Gives a call its number, if there is one left.</summary>
    internal bool TryTake(out int number)
    {
        lock (_gate)
        {
            number = _count + 1;
            if (_count == _limit) return false;
            _count++;
            return true;
        }
    }

    /// <summary>What is wrong with how often it was called; <see langword="null"/> when nothing is.</summary>
    internal string? Complaint()
    {
        lock (_gate)
        {
            if (_isOptional) return null;
            if (_steps.Length == 0) return $"{this}: it has no reply, so it never takes part. End it with Reply.";
            if (_limit is { } limit) return _count == limit ? null : $"{this}: expected {TimesOf(limit)}, called {TimesOf(_count)}";
            return _count > 0 ? null : $"{this}: expected at least once, never called";
        }
    }

    private string? ExplainCount()
    {
        lock (_gate)
        {
            if (_steps.Length == 0) return "it has no reply, so it never takes part: end it with Reply";
            return _count == _limit ? $"it was called {TimesOf(_count)} already, and answers no more" : null;
        }
    }

    private static string TimesOf(int count) => count == 1 ? "once" : $"{count} times";
}
