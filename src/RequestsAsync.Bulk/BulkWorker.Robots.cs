namespace RequestsAsync.Bulk;

// What hosts say about robots, asked for before anything else of theirs.
public sealed partial class BulkWorker
{
    private readonly RobotsFetcher _robots;

    private bool NeedsRobots(HostTurn host) =>
        host.ObeysRobots && host.Waiting.Peek() is { Request.Problem: null } next && !KnowsRobots(host, RobotsFetcher.OriginOf(Fetcher.UrlOf(next)));

    private bool KnowsRobots(HostTurn host, string origin)
    {
        if (host.Rules.ContainsKey(origin)) return true;
        if (host.Notes.Robots?.GetValueOrDefault(origin) is not { } note || note.IsOpen || note.Expires <= _time.GetUtcNow()) return false;
        Learn(host, origin, note);
        return true;
    }

    private static bool IsForbidden(HostTurn host, LeasedRequest leased, out string? why)
    {
        why = null;
        if (!host.ObeysRobots) return false;

        Url url = Url.Parse(Fetcher.UrlOf(leased));
        if (host.Rules.GetValueOrDefault(url.Origin) is not { } rules || rules.IsAllowed(url.PathAndQuery)) return false;
        why = host.Notes.Robots?.GetValueOrDefault(url.Origin)?.Problem is { } problem
            ? $"The host's robots.txt could not be had ({problem}), which forbids everything (RFC 9309 §2.3.1.4)."
            : "The host's robots.txt forbids it.";
        return true;
    }

    private void StartRobots(HostTurn host, CancellationToken cancellationToken)
    {
        string origin = RobotsFetcher.OriginOf(Fetcher.UrlOf(host.Waiting.Peek()));
        host.InFlight++;
        host.IsAskingForRobots = true;
        _ = AskAsync();

        async Task AskAsync()
        {
            RobotsNote? note = null;
            try
            {
                note = await _robots.FetchAsync(origin, host.Notes.Robots?.GetValueOrDefault(origin), cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The worker stops: the next holder asks.
            }
            finally
            {
                _finished.Enqueue(new(host, null, note is null ? null : new(origin, note)));
                _signal.Set();
            }
        }
    }

    private void TakeRobots(HostTurn host, string origin, RobotsNote note)
    {
        Dictionary<string, RobotsNote> notes = host.Notes.Robots is { } known ? new(known, StringComparer.Ordinal) : new(StringComparer.Ordinal);
        notes[origin] = note;
        host.Notes = host.Notes with { Robots = notes };
        host.HasNewNotes = true;
        host.NextAt = _time.GetTimestamp() + Ticks(host.Delay);
        if (!note.IsOpen)
        {
            Learn(host, origin, note);
            return;
        }

        // It may pass: the host is left alone for a while, by everybody, and then asked again.
        host.NextAt = _time.GetTimestamp() + Ticks(FailureRule.Wait(note.Tries, Random.Shared.NextDouble()));
        _book.Block(host);
    }

    private void Learn(HostTurn host, string origin, RobotsNote note)
    {
        RobotsRules rules = note.Problem is null ? RobotsRules.Parse(note.Text, _options.RobotsProduct) : RobotsRules.None;
        host.Rules[origin] = rules;
        if (rules.CrawlDelay is not { } delay) return;

        if (delay > _options.MaxDelay) delay = _options.MaxDelay;
        if (delay > host.Delay) host.Delay = delay;
    }
}
