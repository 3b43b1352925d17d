namespace RequestsAsync.Bulk;

// What hosts say about robots, asked for before anything else of theirs.
public sealed partial class BulkWorker
{
    private readonly RobotsFetcher _robots;

    // What an origin allows; null where that is to be asked for.
    private KnownRobots? KnownRobotsOf(HostTurn host, string origin)
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (host.Rules.TryGetValue(origin, out KnownRobots? known) && known.Expires > now) return known;
        if (host.Notes.Robots?.GetValueOrDefault(origin) is not { IsOpen: false } note || note.Expires <= now) return null;
        return note.Product is null || note.Product == _options.RobotsProduct ? Learn(host, origin, note) : null;
    }

    private static string WhyForbidden(HostTurn host, string origin) => host.Notes.Robots?.GetValueOrDefault(origin)?.Problem is { } problem
        ? $"The host's robots.txt could not be had ({problem}), which forbids everything (RFC 9309 §2.3.1.4)."
        : "The host's robots.txt forbids it.";

    private void StartRobots(HostTurn host, string origin, CancellationToken cancellationToken)
    {
        host.InFlight++;
        host.IsAskingForRobots = true;
        RobotsNote? before = host.Notes.Robots?.GetValueOrDefault(origin);
        _ = FlyAsync(host, async () => new() { Host = host, Origin = origin, Robots = await _robots.FetchAsync(origin, before, _draining.Token, cancellationToken).ConfigureAwait(false) });
    }

    private void TakeRobots(HostTurn host, string origin, RobotsNote note)
    {
        Dictionary<string, RobotsNote> notes = host.Notes.Robots is { } known ? new(known, StringComparer.Ordinal) : new(StringComparer.Ordinal);
        notes[origin] = note;
        host.Notes = host.Notes with { Robots = notes };
        host.HasNewNotes = true;
        if (!note.IsOpen) Learn(host, origin, note);
        host.NextAt = _time.GetTimestamp() + Ticks(host.Delay);
        if (!note.IsOpen) return;

        // It may pass: the host is left alone for a while, by everybody, and then asked again.
        TimeSpan wait = note.Wait ?? FailureRule.Wait(note.Tries, Random.Shared.NextDouble());
        host.NextAt = _time.GetTimestamp() + Ticks(wait > host.Delay ? wait : host.Delay);
        _book.Block(host);
    }

    private KnownRobots Learn(HostTurn host, string origin, RobotsNote note)
    {
        KnownRobots known = new(note.Problem is null ? RobotsRules.Parse(note.Text, _options.RobotsProduct) : RobotsRules.None, note.Expires);
        host.Rules[origin] = known;
        host.KeepCrawlDelays();
        return known;
    }
}
