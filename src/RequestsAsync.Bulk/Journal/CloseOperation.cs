namespace RequestsAsync.Bulk;

/// <summary>Ends a job's stay in memory, after all calls before it.</summary>
internal sealed class CloseOperation() : Operation<bool>(CancellationToken.None)
{
    internal override LogFile? Prepare(Job job) => null;

    internal override void Undo(Job job)
    {
    }

    internal override void Apply(Job job)
    {
        try
        {
            job.Confirm();
        }
        catch (FrontierException)
        {
            // On a full disk: all is there, only damage at the very end will look like a torn tail.
        }

        job.Dispose();
    }
}
