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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waits_goes_on_within_the_call_only_where_it_may(bool mayGoOnHere)
    {
        Signal signal = new();
        using ManualResetEventSlim isSet = new();
        TaskCompletionSource<bool> wentOnInside = new();
        Task waiting = GoOnAsync();

        await Task.Run(
            () =>
            {
                signal.Set(mayGoOnHere);
                isSet.Set();
            },
            TestContext.Current.CancellationToken);

        await waiting;
        Assert.Equal(mayGoOnHere, await wentOnInside.Task);

        async Task GoOnAsync()
        {
            await signal.WaitAsync(signal.Version).ConfigureAwait(false);
            wentOnInside.SetResult(!mayGoOnHere ? !isSet.Wait(TimeSpan.FromSeconds(30)) : !isSet.IsSet);
        }
    }
}
