using Npgsql;
using static RequestsAsync.Bulk.PostgresParameters;

namespace RequestsAsync.Bulk;

/// <summary>Requests that are added, in columns.</summary>
internal static class EnqueueCall
{
    /// <summary>Makes the rows of hosts that are not there. It is a transaction of its own, so that nobody who holds the rows of some hosts waits for those of others.</summary>
    public static async Task AddHostsAsync(NpgsqlConnection connection, string schema, int job, string[] hosts, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = new(
            $"""
            INSERT INTO {schema}.hosts (job, host)
            SELECT $1, s.host FROM unnest($2) AS s (host)
            WHERE NOT EXISTS (SELECT 1 FROM {schema}.hosts h WHERE h.job = $1 AND h.host = s.host)
            ORDER BY s.host COLLATE "C"
            ON CONFLICT DO NOTHING
            """,
            connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(Of(job));
            command.Parameters.Add(Of(hosts));
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds requests to hosts that are there.</summary>
    public static async Task<int> AddAsync(NpgsqlConnection connection, string schema, int job, IReadOnlyList<BulkRequest> requests, long lastLine, CancellationToken cancellationToken)
    {
        NpgsqlBatch batch = new(connection);
        await using (batch.ConfigureAwait(false))
        {
            batch.BatchCommands.Add(Call(
                "*", schema, "enqueue",
                Of(job), Of(lastLine),
                Column(requests, static request => PostgresId.Write(request.Id)),
                Column(requests, static request => request.Line),
                Column(requests, HostOf),
                Column(requests, static request => PostgresText.Of(request.Method)),
                Column(requests, static request => PostgresText.Of(request.Url)),
                Column(requests, static request => PostgresText.Of(request.Headers)),
                Column(requests, static request => request.Content.IsEmpty ? null : request.Content.ToArray()),
                Column(requests, static request => request.Problem is null ? null : PostgresText.Of(request.Problem)),
                Column(requests, static request => request.Meta)));
            return (int)(await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }
    }

    /// <summary>The hosts of requests, each once.</summary>
    public static string[] Hosts(IReadOnlyList<BulkRequest> requests) => [.. requests.Select(HostOf).Distinct(StringComparer.Ordinal)];

    private static string HostOf(BulkRequest request) => PostgresText.Of(request.Host);

    private static NpgsqlParameter Column<T>(IReadOnlyList<BulkRequest> requests, Func<BulkRequest, T> part)
    {
        T[] column = new T[requests.Count];
        for (int i = 0; i < column.Length; i++) column[i] = part(requests[i]);
        return Of(column);
    }
}
