namespace RequestsAsync;

/// <summary>Counts what has ended and reports it, one call at a time and never backwards.</summary>
internal sealed class ProgressCounter(IProgress<BatchProgress> target, long? total, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();
    private long _succeeded;
    private long _failed;
    private long _bytes;

    public void Count(Outcome outcome, int inFlight)
    {
        lock (_gate)
        {
            if (outcome.Succeeded)
            {
                _succeeded++;
                _bytes += outcome.Response.BufferedLength;
            }
            else
                _failed++;

            target.Report(new(_succeeded, _failed, inFlight, _bytes, total, time.GetElapsedTime(_started)));
        }
    }
}
