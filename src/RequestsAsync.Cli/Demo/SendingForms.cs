namespace RequestsAsync.Cli;

/// <summary>The same requests, sent in four ways.</summary>
/// <param name="session">Sends the awaited ones.</param>
/// <param name="url">Where all of them go.</param>
/// <param name="count">How many there are.</param>
internal sealed class SendingForms(Session session, string url, int count)
{
    /// <summary>Each awaited before the next is sent.</summary>
    public async Task OneAfterAnotherAsync(Tally tally, CancellationToken cancellationToken)
    {
        for (int i = 0; i < count; i++)
        {
            tally.Begin();
            Check(await session.GetAsync(url, null, cancellationToken).ConfigureAwait(false));
            tally.End();
        }
    }

    /// <summary>Blocking calls, each of which holds one of so many threads while it waits.</summary>
    public Task OnThreadsAsync(int threads, Tally tally, CancellationToken cancellationToken)
    {
        int taken = 0;
        return OwnThreads.RunAsync(threads, () =>
        {
            while (Interlocked.Increment(ref taken) <= count)
            {
                tally.Begin();
                Check(Requests.Get(url, null, cancellationToken));
                tally.End();
            }
        });
    }

    /// <summary>Awaited, so many at once.</summary>
    public async Task GatherAsync(int atOnce, Tally tally, CancellationToken cancellationToken)
    {
        ConcurrencyOptions options = new() { MaxConcurrency = atOnce, Progress = new Ended(tally) };
        foreach (Outcome outcome in await session.GatherOutcomesAsync(All(tally), options, cancellationToken).ConfigureAwait(false))
            Check(outcome.GetResponse());
    }

    /// <summary>A demonstration with failures in it would measure nothing.</summary>
    /// <exception cref="HttpStatusException">The answer is not a good one.</exception>
    public static void Check(Response response) => response.EnsureSuccess();

    // Made when it is pulled, by the thread that sends it.
    private IEnumerable<Request> All(Tally tally)
    {
        for (int i = 0; i < count; i++)
        {
            tally.Begin();
            yield return Request.Get(url);
        }
    }

    // The library reports on the thread on which the request ended.
    private sealed class Ended(Tally tally) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value) => tally.End();
    }
}
