namespace RequestsAsync.Tests;

public sealed class ConnectTimesTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Stages_are_measured_until_they_end()
    {
        ConnectTimes times = new(_time);
        Expect("connecting had not begun", resolving: null, connecting: null);

        times.Resolve();
        Pass();
        Expect("resolving the name was not done after 1 s", 1, connecting: null);

        Pass();
        times.Connect();
        Pass();
        Expect("resolving the name took 2 s, connecting was not done after 1 s", 2, 1);

        times.End(isConnected: true);
        Pass();
        Expect("resolving the name took 2 s, connecting took 1 s", 2, 1);
        Assert.True(times.IsConnected);

        void Expect(string text, double? resolving, double? connecting)
        {
            Assert.Equal(text, times.ToString());
            Assert.Equal(resolving, times.Resolving?.TotalSeconds);
            Assert.Equal(connecting, times.Connecting?.TotalSeconds);
        }
    }

    [Fact]
    public void What_ended_early_counts_no_further()
    {
        ConnectTimes resolving = new(_time);
        ConnectTimes connecting = new(_time);
        resolving.Resolve();
        connecting.Connect();
        Pass();
        resolving.End(isConnected: false);
        connecting.End(isConnected: false);
        Pass();

        Assert.Equal("resolving the name was not done after 1 s", resolving.ToString());
        Assert.Equal("connecting was not done after 1 s", connecting.ToString());
        Assert.False(connecting.IsConnected);
    }

    private void Pass() => _time.Advance(TimeSpan.FromSeconds(1));
}
