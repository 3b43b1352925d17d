using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>A question to the source of a bearer token, and how many wait for the answer.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source of cancellation without a timer holds nothing that has to be freed, and those who wait do not know of each other.")]
internal sealed class TokenRenewal
{
    private readonly TaskCompletionSource<string> _field = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>How many wait; under the lock of whoever asks.</summary>
    public int Waiting { get; set; }

    /// <summary>The field that proves who sends.</summary>
    public Task<string> Field => _field.Task;

    /// <summary>Cancelled when nobody waits any more.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>One that is answered already.</summary>
    public static TokenRenewal Done(string field)
    {
        TokenRenewal renewal = new() { Waiting = 1 };
        renewal.Succeed(field);
        return renewal;
    }

    public void Succeed(string field) => _field.TrySetResult(field);

    public void Fail(Exception e)
    {
        if (_field.TrySetException(e)) _ = _field.Task.Exception; // perhaps nobody is left to hear of it
    }

    /// <summary>Nobody waits any more.</summary>
    public async Task StopAsync() => await _stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // what the source's callbacks throw is nobody's matter
}
