using System.Globalization;
using Npgsql;
using static RequestsAsync.Bulk.PostgresParameters;

namespace RequestsAsync.Bulk;

/// <summary>The frontier of a job that many machines work on: tables in a PostgreSQL database (from version 13 on), which keep the results too.</summary>
/// <remarks>
/// <para>
/// Leases, delays and blocks go by the server's clock. A call is one transaction: what it settles and the records of that, what it releases and what it leases. The
/// record of a request is stored once for each <see cref="BulkRequest.Id"/>, whatever happens to workers.
/// </para>
/// <para>
/// A call that fails for a reason that may pass (the server restarts, the connection is lost, two transactions were in each other's way) is made again for
/// <see cref="PostgresFrontierOptions.RetryFor"/>. One that took effect and whose answer was lost is not carried out twice; only
/// <see cref="EnqueueAsync"/> may then count fewer requests as new than there were.
/// </para>
/// <para>The role needs no rights but those of the schema's owner. The connection string is in no message and no exception.</para>
/// </remarks>
public sealed partial class PostgresFrontier : IFrontier
{
    private readonly PostgresDatabase _database;
    private readonly PostgresFrontierOptions _options;
    private readonly string _schema;
    private readonly int _job;

    private PostgresFrontier(PostgresDatabase database, PostgresFrontierOptions options, int job)
    {
        _database = database;
        _options = options;
        _schema = database.Schema;
        _job = job;
    }

    /// <summary>Opens a job, or begins one; the tables are made, or brought to this version, where that is needed.</summary>
    /// <param name="connectionString">Where the database is, and who one is there: a <c>postgres://</c> URL, or Npgsql's <c>Host=…;Username=…</c>.</param>
    /// <param name="job">The job's name.</param>
    /// <param name="options">How it works; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="FrontierException">
    /// The database does not answer or refuses the role, the schema is of a later version or may not be made, or there is no such job and none is to be begun.
    /// </exception>
    public static async ValueTask<PostgresFrontier> OpenAsync(string connectionString, string job, PostgresFrontierOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(job);
        options ??= new();
        PostgresDatabase database = await OpenDatabaseAsync(connectionString, options, cancellationToken).ConfigureAwait(false);
        try
        {
            int? number = await database.CallAsync((connection, token) => FindJobAsync(connection, database.Schema, job, options.CreateJob, token), cancellationToken).ConfigureAwait(false);
            return new(database, options, number ?? throw new FrontierException($"There is no job {job} in the schema {options.Schema}: 'requests bulk submit' begins one."));
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> EnqueueAsync(IReadOnlyList<BulkRequest> requests, long lastLine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        string[] hosts = EnqueueCall.Hosts(requests);
        return await _database.CallAsync(
            async (connection, token) =>
            {
                if (hosts.Length > 0) await EnqueueCall.AddHostsAsync(connection, _schema, _job, hosts, token).ConfigureAwait(false);
                return await EnqueueCall.AddAsync(connection, _schema, _job, requests, lastLine, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask CompleteInputAsync(CancellationToken cancellationToken = default) =>
        await RunAsync($"UPDATE {_schema}.jobs SET input_completed = true WHERE job = $1 AND NOT input_completed", [], cancellationToken).ConfigureAwait(false);

    /// <summary>Cancels the job: nothing more is leased, and what is in flight may still be settled.</summary>
    /// <exception cref="FrontierException">It could not be stored.</exception>
    public async ValueTask CancelAsync(CancellationToken cancellationToken = default) =>
        await RunAsync($"UPDATE {_schema}.jobs SET cancelled = true WHERE job = $1 AND NOT cancelled", [], cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<LeaseBatch> LeaseAsync(LeaseQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        LeaseCall call = new(query);
        string[] targets = call.Targets;
        return await _database.CallAsync(
            async (connection, token) =>
            {
                if (targets.Length > 0) await EnqueueCall.AddHostsAsync(connection, _schema, _job, targets, token).ConfigureAwait(false);
                NpgsqlBatch batch = new(connection);
                await using (batch.ConfigureAwait(false))
                {
                    call.AddTo(batch, _schema, _job);
                    NpgsqlDataReader reader = await batch.ExecuteReaderAsync(token).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false)) return await call.ReadAsync(reader, token).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LeaseKey>> RenewAsync(string worker, IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentNullException.ThrowIfNull(leases);
        string[] hosts = [.. leases.Select(static lease => lease.Host)];
        long[] fences = [.. leases.Select(static lease => lease.Fence)];
        int[] held = await _database.CallAsync(
            async (connection, token) =>
            {
                NpgsqlCommand command = new($"SELECT {_schema}.renew($1, $2, $3, $4)", connection) { Parameters = { Of(_job), Of(worker), Of(hosts), Of(fences) } };
                await using (command.ConfigureAwait(false)) return (int[])(await command.ExecuteScalarAsync(token).ConfigureAwait(false))!;
            },
            cancellationToken).ConfigureAwait(false);
        HashSet<int> places = [.. held];
        return [.. leases.Where((_, i) => !places.Contains(i + 1))];
    }

    /// <inheritdoc/>
    public async ValueTask BlockHostAsync(string host, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        await RunAsync(
            $"""
            INSERT INTO {_schema}.hosts AS h (job, host, next_at) VALUES ($1, $2, clock_timestamp() + $3)
            ON CONFLICT (job, host) DO UPDATE
            SET next_at = greatest(h.next_at, clock_timestamp() + $3), ready_at = greatest(h.ready_at, clock_timestamp() + $3)
            """,
            [Of(PostgresText.Of(host)), Of(duration)],
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken = default)
    {
        TimeProvider time = _options.TimeProvider;
        long begun = time.GetTimestamp();
        while (!await MayLeaseAsync(cancellationToken).ConfigureAwait(false))
        {
            TimeSpan left = atMost - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero) return;
            await Task.Delay(left < _options.PollInterval ? left : _options.PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<FrontierStats> GetStatsAsync(CancellationToken cancellationToken = default) => await _database.CallAsync(
        async (connection, token) =>
        {
            List<PostgresJob> jobs = await ReadJobsAsync(connection, _schema, _job, token).ConfigureAwait(false);
            return jobs.Count > 0 ? jobs[0].Stats : throw new FrontierException(string.Create(CultureInfo.InvariantCulture, $"The job, number {_job}, was removed from the database."));
        },
        cancellationToken).ConfigureAwait(false);

    /// <summary>Closes the connections. The job stays, and so do its leases until their time is over.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<bool> MayLeaseAsync(CancellationToken cancellationToken) => await _database.CallAsync(
        async (connection, token) =>
        {
            NpgsqlCommand command = new(
                $"""
                SELECT j.cancelled
                    OR coalesce((SELECT h.ready_at <= clock_timestamp() FROM {_schema}.hosts h WHERE h.job = j.job AND h.has_work ORDER BY h.ready_at LIMIT 1), j.input_completed)
                FROM {_schema}.jobs j WHERE j.job = $1
                """,
                connection)
            {
                Parameters = { Of(_job) },
            };
            await using (command.ConfigureAwait(false)) return await command.ExecuteScalarAsync(token).ConfigureAwait(false) is not false;
        },
        cancellationToken).ConfigureAwait(false);

    // A statement about the job, which does no harm when it is carried out twice.
    private Task<int> RunAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) => _database.CallAsync(
        async (connection, token) =>
        {
            NpgsqlCommand command = new(sql, connection) { Parameters = { Of(_job) } };
            await using (command.ConfigureAwait(false))
            {
                foreach (NpgsqlParameter parameter in parameters) command.Parameters.Add(parameter.Clone());
                return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
            }
        },
        cancellationToken);
}
