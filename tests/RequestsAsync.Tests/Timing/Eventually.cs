using System.Diagnostics;

namespace RequestsAsync.Tests;

/// <summary>Waits for what another thread is about to do, and fails when it does not.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        for (Stopwatch clock = Stopwatch.StartNew(); !condition();)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "It does not come true.");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
