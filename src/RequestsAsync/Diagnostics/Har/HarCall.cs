namespace RequestsAsync;

/// <summary>The record of one call: an entry for each time that something was sent for it.</summary>
/// <remarks>The call's hooks tell of answers that are not the last: those that were repeated, and redirects. What comes back at the end has seen no hook.</remarks>
internal sealed class HarCall
{
    private readonly Request _request;
    private readonly TimeProvider _time;
    private readonly Action<HarEntry> _add;
    private readonly List<Response> _answers = [];
    private Request _next;
    private DateTimeOffset _started;
    private long _begun;

    /// <param name="request">What was asked for.</param>
    /// <param name="time">The clock.</param>
    /// <param name="add">Takes an entry.</param>
    public HarCall(Request request, TimeProvider time, Action<HarEntry> add)
    {
        _request = _next = request;
        _time = time;
        _add = add;
        Begin(TimeSpan.Zero);
    }

    /// <summary>The request, with hooks that record.</summary>
    public Request Observed() => _request.With(options =>
    {
        options.Hooks.OnRetry += OnRetry;
        options.Hooks.OnRedirect += OnRedirect;
    });

    /// <summary>The call has its answer.</summary>
    public void End(Response response)
    {
        // What no hook has seen: redirects that another middleware, or a recording, brought.
        foreach (Response hop in response.History)
        {
            if (!_answers.Contains(hop)) Add(hop, hop.Timings.Total);
        }

        Add(response, TimeSpan.Zero);
    }

    /// <summary>The call has failed; with an answer that is an entry already, where nothing more was sent.</summary>
    public void End(RequestException error)
    {
        if (error.Response is null || !_answers.Contains(error.Response)) Add(error);
    }

    private ValueTask OnRetry(RetryInfo info, CancellationToken cancellationToken)
    {
        if (info.Response is { } response) Add(response, TimeSpan.Zero);
        else if (info.Error is { } error) Add(error);
        Begin(info.Delay);
        return default;
    }

    private ValueTask OnRedirect(Response response, CancellationToken cancellationToken)
    {
        Add(response, TimeSpan.Zero);
        if (response.NextRequest is { } next) _next = next;
        Begin(TimeSpan.Zero);
        return default;
    }

    private void Begin(TimeSpan delay)
    {
        _started = _time.GetUtcNow() + delay;
        _begun = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
    }

    private void Add(Response response, TimeSpan took)
    {
        _answers.Add(response);
        _add(new HarEntry.Answered(response, _started));
        _started += took;
    }

    private void Add(RequestException error)
    {
        TimeSpan elapsed = _time.GetElapsedTime(_begun);
        _add(new HarEntry.Failed(_next, _started, elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero, error.Message));
    }
}
