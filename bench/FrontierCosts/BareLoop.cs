namespace RequestsAsync.FrontierCosts;

/// <summary>The same URLs without a job: the library's own loop over a file's lines, contents read and thrown away. It is what <c>requests bulk</c> is compared to.</summary>
internal static class BareLoop
{
    internal static async Task<int> RunAsync(string file, int inFlight)
    {
        await using Session session = new(new SessionOptions { Cookies = CookieJar.None });
        long done = 0, failed = 0;
        await foreach (Outcome outcome in session.AsCompletedAsync(File.ReadLines(file), new() { MaxConcurrency = inFlight }))
        {
            if (outcome.Response is { StatusCode: 200 }) done++;
            else failed++;
        }

        await Console.Error.WriteLineAsync(FormattableString.Invariant($"{done} fetched, {failed} failed"));
        return failed == 0 ? 0 : 1;
    }
}
