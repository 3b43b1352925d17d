using System.Diagnostics;

namespace RequestsAsync.SideBySide;

/// <summary>A number of workers, each of which sends a request when it has the answer to its last one, for a time.</summary>
/// <param name="send">Sends one request and gives the length of its body.</param>
/// <param name="workers">How many workers there are.</param>
/// <param name="expected">How long every body has to be.</param>
internal sealed class SteadyLoad(Func<Task<long>> send, int workers, long expected) : ILoad
{
    public LoadTally Tally { get; } = new() { Latencies = new() };

    // On an event loop the workers are tasks of the loop, and otherwise of the thread pool.
    public async Task RunAsync(TimeSpan duration)
    {
        long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        Task[] tasks = new Task[workers];
        for (int i = 0; i < workers; i++)
            tasks[i] = EventLoop.IsRunning ? WorkAsync(end) : Task.Run(() => WorkAsync(end));
        await Task.WhenAll(tasks);
    }

    private async Task WorkAsync(long end)
    {
        long requests = 0;
        for (long began = Stopwatch.GetTimestamp(), ended; began < end; began = ended)
        {
            try
            {
                Tally.Check(await send(), expected);
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
