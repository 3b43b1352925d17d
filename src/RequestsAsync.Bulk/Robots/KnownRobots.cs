namespace RequestsAsync.Bulk;

/// <summary>What an origin's robots.txt allows, and until when that is taken for true.</summary>
internal sealed record KnownRobots(RobotsRules Rules, DateTimeOffset Expires);
