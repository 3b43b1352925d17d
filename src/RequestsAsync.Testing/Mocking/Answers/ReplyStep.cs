namespace RequestsAsync.Testing;

/// <summary>One reply of a route: decided, or made for each call.</summary>
internal sealed class ReplyStep
{
    private readonly Func<MockCall, Reply>? _make;
    private readonly Func<MockCall, CancellationToken, Task<Reply>>? _makeAsync;

    internal ReplyStep(Reply reply) => Decided = reply ?? throw new ArgumentNullException(nameof(reply));

    internal ReplyStep(Func<MockCall, Reply> make) => _make = make ?? throw new ArgumentNullException(nameof(make));

    internal ReplyStep(Func<MockCall, CancellationToken, Task<Reply>> make) => _makeAsync = make ?? throw new ArgumentNullException(nameof(make));

    /// <summary>The reply, where it needs no call to be known.</summary>
    internal Reply? Decided { get; }

    /// <summary>The reply to a call.</summary>
    internal async ValueTask<Reply> MakeAsync(MockCall call, bool async, CancellationToken cancellationToken)
    {
        if (Decided is not null) return Decided;
        if (_make is not null) return Checked(_make(call), call);
        if (async) return Checked(await _makeAsync!(call, cancellationToken).ConfigureAwait(false), call);

        // The caller's thread is held, as by a blocking transport; what runs meanwhile must not want to come back to it.
        Task<Reply> making = Task.Run(() => _makeAsync!(call, cancellationToken), cancellationToken);
        Blocking.Hold(making);
        return Checked(await making.ConfigureAwait(false), call);
    }

    private static Reply Checked(Reply? reply, MockCall call) => reply ?? throw new InvalidOperationException($"The reply that was made for {call} is null.");
}
