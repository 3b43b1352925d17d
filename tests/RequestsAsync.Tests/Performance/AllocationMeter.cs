using System.Runtime.ExceptionServices;
using RequestsAsync.Micro;

namespace RequestsAsync.Tests;

/// <summary>Counts the bytes that a call allocates, to the byte.</summary>
/// <remarks>
/// On a thread of its own, whose counter nobody else moves and in whose execution context nothing of the test runner's flows; so the call must
/// be complete when it returns. The first calls fill pools and caches and do not count.
/// </remarks>
internal static class AllocationMeter
{
    private const int Calls = 1000;
    private const int SampledCalls = 100_000;
    private const int WarmupRounds = 20; // the runtime compiles what it has seen often once more, and saves objects by it

    /// <summary>Bytes for each call, rounded up.</summary>
    /// <param name="call">The call; it gives something that is not zero, so that it has been made.</param>
    public static long Measure(Func<int> call)
    {
        long bytes = 0;
        long given = 0;
        Run(() =>
        {
            for (int i = 0; i < WarmupRounds * Calls; i++) given += call();

            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Calls; i++) given += call();
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.NotEqual(0, given);
        return PerCall(bytes, Calls);
    }

    /// <summary>Objects for each call, estimated from the runtime's samples.</summary>
    /// <param name="call">The call.</param>
    public static int CountObjects(Func<int> call)
    {
        AllocationProfile? profile = null;
        Run(() =>
        {
            ValueTask<AllocationProfile> measuring = AllocationProfile.MeasureAsync(() => new(call()), SampledCalls);
            Assert.True(measuring.IsCompleted);
            profile = measuring.Result;
        });
        return (int)Math.Round(profile!.Objects);
    }

    /// <summary>Bytes for each element that is taken from a sequence, by whoever takes them all on one thread.</summary>
    /// <param name="take">Takes them, and returns when all are taken.</param>
    public static long MeasureTaken(Action<IEnumerable<string>> take)
    {
        long bytes = 0;
        Run(() =>
        {
            for (int i = 0; i < WarmupRounds; i++) take(Metered(Calls, _ => { }));
            take(Metered(Calls, counted => bytes = counted));
        });
        return PerCall(bytes, Calls);
    }

    // The reader's thread is the one that runs this code, whichever that is.
    private static IEnumerable<string> Metered(int count, Action<long> report)
    {
        int thread = Environment.CurrentManagedThreadId;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < count; i++)
        {
            yield return AllocationTests.Url;
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        }

        report(GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static long PerCall(long bytes, int calls) => (bytes + calls - 1) / calls;

    private static void Run(Action measure)
    {
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                measure();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.UnsafeStart();
        thread.Join();
        failure?.Throw();
    }
}
