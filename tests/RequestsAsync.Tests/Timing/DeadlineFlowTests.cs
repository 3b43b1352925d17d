using System.Runtime.CompilerServices;

namespace RequestsAsync.Tests;

/// <summary>What flows with a caller must not stay in what outlives the call.</summary>
public sealed class DeadlineFlowTests
{
    private static readonly AsyncLocal<object?> Local = new();

    [Fact]
    public async Task Nothing_of_a_callers_flow_stays_after_the_call()
    {
        await using FaultyServer server = ProxyServer.Start(_ => ProxyServer.Ok);
        await using Session session = new();

        WeakReference[] all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => SendAsync(session, server.Url))));

        await Eventually.TrueAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return all.All(reference => !reference.IsAlive);
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> SendAsync(Session session, string url)
    {
        object kept = new();
        Local.Value = kept;
        await session.GetAsync(url);
        Local.Value = null;
        return new WeakReference(kept);
    }
}
