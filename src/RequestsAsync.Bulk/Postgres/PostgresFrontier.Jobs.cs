using System.Text;
using Npgsql;
using NpgsqlTypes;
using static RequestsAsync.Bulk.PostgresParameters;

namespace RequestsAsync.Bulk;

/// <summary>Jobs as a whole: which there are, and what they brought.</summary>
public sealed partial class PostgresFrontier
{
    private const int LargestPage = 4096;
    private const int PageBytes = 4 << 20;

    /// <summary>The jobs in a database, by name.</summary>
    /// <param name="connectionString">Where the database is, as in <see cref="OpenAsync"/>.</param>
    /// <param name="options">Which schema; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="FrontierException">The database does not answer or refuses the role, or the schema is of a later version or may not be made.</exception>
    public static async ValueTask<IReadOnlyList<PostgresJob>> ListAsync(string connectionString, PostgresFrontierOptions? options = null, CancellationToken cancellationToken = default)
    {
        PostgresDatabase database = await OpenDatabaseAsync(connectionString, options ?? new(), cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
            return await database.CallAsync((connection, token) => ReadJobsAsync(connection, database.Schema, null, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes all records: a JSON object for each request that is done, a line each, in the order of their ids. A job that is running can be exported too: what was done before the call is in it.</summary>
    /// <param name="output">Where they go; it is not disposed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many there were.</returns>
    /// <remarks>The records are read some thousand at a time, each time anew: neither memory nor a transaction grows with their number.</remarks>
    /// <exception cref="FrontierException">The database does not answer.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public async Task<long> ExportAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        long written = 0;
        Guid? last = null;
        int page = 64; // records may hold contents: how many make a page is found out
        using MemoryStream lines = new();
        while (true)
        {
            (int count, Guid? next) = await _database.CallAsync((connection, token) => ReadRecordsAsync(connection, last, page, lines, token), cancellationToken).ConfigureAwait(false);
            if (count == 0) return written;
            await output.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), cancellationToken).ConfigureAwait(false);
            written += count;
            last = next;
            page = (int)Math.Clamp(PageBytes / (lines.Length / count), 1, LargestPage);
        }
    }

    private static async Task<PostgresDatabase> OpenDatabaseAsync(string connectionString, PostgresFrontierOptions options, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.Schema)) throw new ArgumentException("The schema has no name.", nameof(options));
        PostgresDatabase database = new(connectionString, options);
        try
        {
            await PostgresSchema.EnsureAsync(database, options.Schema, cancellationToken).ConfigureAwait(false);
            return database;
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<int?> FindJobAsync(NpgsqlConnection connection, string schema, string name, bool create, CancellationToken cancellationToken)
    {
        string select = $"SELECT job FROM {schema}.jobs WHERE name = $1";
        if (await FindAsync(select).ConfigureAwait(false) is { } found) return found;
        if (!create) return null;

        // Somebody else may begin it at the same moment.
        return await FindAsync($"INSERT INTO {schema}.jobs (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING job").ConfigureAwait(false) ?? await FindAsync(select).ConfigureAwait(false);

        async Task<int?> FindAsync(string sql)
        {
            NpgsqlCommand command = new(sql, connection) { Parameters = { Of(name) } };
            await using (command.ConfigureAwait(false)) return (int?)await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<List<PostgresJob>> ReadJobsAsync(NpgsqlConnection connection, string schema, int? job, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = new(
            $"""
            SELECT j.name, j.created_at, j.cancelled, j.input_completed, j.last_line, h.added, h.done, h.leased, h.hosts, h.leased_hosts, h.blocked_hosts, h.pending
            FROM {schema}.jobs j
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(x.added), 0)::bigint AS added,
                    coalesce(sum(x.done), 0)::bigint AS done,
                    coalesce(sum(x.pending), 0)::bigint AS pending,
                    coalesce(sum(x.leased) FILTER (WHERE x.expires_at > statement_timestamp()), 0)::bigint AS leased,
                    count(*) FILTER (WHERE x.added > 0 OR x.done > 0 OR x.pending > 0) AS hosts,
                    count(*) FILTER (WHERE x.expires_at > statement_timestamp()) AS leased_hosts,
                    count(*) FILTER (WHERE x.pending > 0 AND x.ready_at > statement_timestamp() AND (x.expires_at > statement_timestamp()) IS NOT TRUE) AS blocked_hosts
                FROM {schema}.hosts x WHERE x.job = j.job) h
            WHERE $1 IS NULL OR j.job = $1
            ORDER BY j.name
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = (object?)job ?? DBNull.Value } },
        };
        List<PostgresJob> jobs = [];
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) jobs.Add(Job(reader));
            }
        }

        return jobs;
    }

    private static PostgresJob Job(NpgsqlDataReader reader)
    {
        bool isCompleted = reader.GetBoolean(3);
        return new(reader.GetString(0), new(reader.GetDateTime(1)), new()
        {
            State = reader.GetBoolean(2) ? FrontierState.Cancelled : isCompleted && reader.GetInt64(11) == 0 ? FrontierState.Finished : FrontierState.Open,
            InputCompleted = isCompleted,
            LastLine = reader.GetInt64(4),
            Added = reader.GetInt64(5),
            Done = reader.GetInt64(6),
            Leased = reader.GetInt64(7),
            Hosts = reader.GetInt64(8),
            LeasedHosts = reader.GetInt64(9),
            BlockedHosts = reader.GetInt64(10),
        });
    }

    private async Task<(int Count, Guid? Last)> ReadRecordsAsync(NpgsqlConnection connection, Guid? after, int page, MemoryStream lines, CancellationToken cancellationToken)
    {
        lines.SetLength(0); // the call may be made again
        NpgsqlCommand command = new($"SELECT id, record FROM {_schema}.results WHERE job = $1 AND id {(after is null ? ">=" : ">")} $2 ORDER BY id LIMIT $3", connection)
        {
            Parameters = { Of(_job), Of(after ?? Guid.Empty), Of(page) },
        };
        int count = 0;
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (lines.Length < PageBytes && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    after = reader.GetGuid(0);
                    AddLine(lines, reader.GetString(1));
                    count++;
                }
            }
        }

        return (count, after);
    }

    private static void AddLine(MemoryStream lines, string record)
    {
        lines.Write(Encoding.UTF8.GetBytes(record));
        lines.WriteByte((byte)'\n');
    }
}
