namespace RequestsAsync.Tests;

public sealed class SignalTests
{
    [Fact]
    public async Task A_change_is_not_lost_when_an_earlier_waiting_was_abandoned()
    {
        Signal signal = new();
        Task abandoned = signal.WaitAsync(signal.Version);
        long version = signal.Version;

        signal.Set();

        await signal.WaitAsync(version);
        await abandoned;
        Assert.False(signal.WaitAsync(signal.Version).IsCompleted);
    }
}
