using System.Net.Sockets;
using Npgsql;

namespace RequestsAsync.Bulk;

/// <summary>Calls to a database, each made again for some time after a failure that may pass, and told without secrets where it does not.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private readonly NpgsqlDataSource _source;
    private readonly PostgresFrontierOptions _options;
    private readonly string _name;

    public PostgresDatabase(string connectionString, PostgresFrontierOptions options)
    {
        NpgsqlConnectionStringBuilder builder = PostgresAddress.Parse(connectionString);
        _options = options;
        _name = $"the database {(string.IsNullOrEmpty(builder.Database) ? builder.Username : builder.Database)} at {builder.Host}:{builder.Port}";
        Role = builder.Username ?? "";
        _source = NpgsqlDataSource.Create(builder);
    }

    /// <summary>Whose rights count.</summary>
    public string Role { get; }

    /// <summary>The schema, quoted.</summary>
    public string Schema => Quote(_options.Schema);

    /// <summary>A name, as it stands in SQL.</summary>
    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>Makes a call.</summary>
    /// <param name="call">The call: it changes all of what it changes or nothing, and does no harm when it is made again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="FrontierException">It failed for good, or for too long.</exception>
    public async Task<T> CallAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        TimeProvider time = _options.TimeProvider;
        long begun = time.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            try
            {
                NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false)) return await call(connection, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsFailure(e))
            {
                if (!MayPass(e)) throw new FrontierException(Describe(e), e);
                if (time.GetElapsedTime(begun) + pause > _options.RetryFor)
                    throw new FrontierException($"{Describe(e)} It went on for {_options.RetryFor.TotalSeconds:0.#} seconds. What was settled is stored; start again when the database answers.", e);
                if (e is not PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected }) _source.Clear(); // the other connections are no better
            }

            // By chance, so that those that were in each other's way are not again.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static bool IsFailure(Exception e) => e is NpgsqlException or IOException and not FrontierException or SocketException or TimeoutException;

    private static bool MayPass(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.QueryCanceled } => true,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is IOException or SocketException or TimeoutException,
        _ => true,
    };

    private string Describe(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused =>
            $"The role {Role} may not do what a job needs in {_name}: {refused.MessageText}. The schema {_options.Schema} and all in it should belong to it.",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => $"The disk of {_name} is full: make room there, and start again.",
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.InvalidSchemaName } missing =>
            $"The schema {_options.Schema} in {_name} was removed or changed: {missing.MessageText}.",
        PostgresException refused => $"{_name[..1].ToUpperInvariant()}{_name[1..]} refused a call: {refused.MessageText} ({refused.SqlState}).",
        _ => $"{_name[..1].ToUpperInvariant()}{_name[1..]} could not be reached: {(e.InnerException ?? e).Message.TrimEnd('.')}.",
    };
}
