namespace RequestsAsync.Bulk;

/// <summary>A job in a database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CreatedAt">When it was begun, by the server's clock.</param>
/// <param name="Stats">How it stands.</param>
public sealed record PostgresJob(string Name, DateTimeOffset CreatedAt, FrontierStats Stats);
