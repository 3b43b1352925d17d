using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace RequestsAsync;

/// <summary>Sends the requests of an input and gives each outcome out as soon as it is there, or in the input's order.</summary>
internal static class Completions
{
    public static async IAsyncEnumerable<Outcome> RunAsync(
        Session session,
        IAsyncEnumerable<Request> requests,
        long? total,
        ConcurrencyOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Unbounded in type and bounded in fact: an outcome holds its place until it is taken.
        Channel<Outcome> finished = Channel.CreateUnbounded<Outcome>(new() { SingleReader = true });
        using Dispatcher dispatcher = new(session, options, total, (_, outcome) => !finished.Writer.TryWrite(outcome), cancellationToken)
        {
            FinishesWhatIsUnderWay = true,
        };
        Task sending = SendAllAsync(dispatcher, requests, finished.Writer);
        Sequencer? sequencer = options.PreserveOrder ? new() : null;
        try
        {
            while (await finished.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (finished.Reader.TryRead(out Outcome? outcome))
                {
                    if (sequencer is null)
                    {
                        yield return HandOver(outcome);
                        continue;
                    }

                    sequencer.Put(outcome);
                    while (sequencer.TryTake(out Outcome? next))
                        yield return HandOver(next);
                }
            }
        }
        finally
        {
            // The caller may have left early: nothing goes on behind his back.
            dispatcher.Stop();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Outcome HandOver(Outcome outcome)
        {
            cancellationToken.ThrowIfCancellationRequested();
            dispatcher.Release();
            return outcome;
        }
    }

    // What ends the sending early, a failing input for example, reaches the reader after the outcomes that came before it.
    private static async Task SendAllAsync(Dispatcher dispatcher, IAsyncEnumerable<Request> requests, ChannelWriter<Outcome> finished)
    {
        try
        {
            await dispatcher.RunAsync(requests).ConfigureAwait(false);
            finished.Complete();
        }
        catch (Exception e)
        {
            finished.Complete(e);
        }
    }
}
