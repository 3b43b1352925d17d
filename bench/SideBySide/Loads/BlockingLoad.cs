using System.Diagnostics;

namespace RequestsAsync.SideBySide;

/// <summary>The same as <see cref="SteadyLoad"/> with threads of its own that block.</summary>
/// <inheritdoc cref="SteadyLoad" path="/param"/>
internal sealed class BlockingLoad(Func<long> send, int workers, long expected) : ILoad
{
    public LoadTally Tally { get; } = new() { Latencies = new() };

    public Task RunAsync(TimeSpan duration)
    {
        long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        return Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Factory.StartNew(
            () => Work(end), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    private void Work(long end)
    {
        long requests = 0;
        for (long began = Stopwatch.GetTimestamp(), ended; began < end; began = ended)
        {
            try
            {
                Tally.Check(send(), expected);
            }
            catch (Exception e)
            {
                Tally.Fail(e.ToString());
            }

            ended = Stopwatch.GetTimestamp();
            Tally.Latencies!.Record(ended - began);
            requests++;
        }

        Tally.Add(requests);
    }
}
