using System.Text;
using Npgsql;
using static RequestsAsync.Bulk.PostgresParameters;

namespace RequestsAsync.Bulk;

/// <summary>One call of <see cref="IFrontier.LeaseAsync"/>, in columns: it can be made again, and is carried out once.</summary>
internal sealed class LeaseCall
{
    private readonly Guid _id = Guid.NewGuid();
    private readonly LeaseQuery _query;
    private readonly Dictionary<LeaseKey, int> _places = [];
    private readonly List<LeaseKey> _leases = [];
    private readonly List<int> _renew = [];
    private readonly List<(int Place, int Lease, Settlement.Done Done)> _done = [];
    private readonly List<(int Place, int Lease, Settlement.Again Again)> _again = [];
    private readonly List<(int Lease, HostRelease Release)> _releases = [];
    private readonly List<KeyValuePair<LeaseKey, int>> _more = [];

    public LeaseCall(LeaseQuery query)
    {
        _query = query;
        for (int i = 0; i < query.Settlements.Count; i++)
        {
            if (query.Settlements[i] is Settlement.Done done) _done.Add((i, PlaceOf(done.Lease), done));
            else if (query.Settlements[i] is Settlement.Again again) _again.Add((i, PlaceOf(again.Lease), again));
        }

        HashSet<LeaseKey> released = [];
        foreach (HostRelease release in query.Releases)
        {
            int lease = PlaceOf(release.Lease);
            if (released.Add(release.Lease)) _releases.Add((lease, release));
        }

        foreach (KeyValuePair<LeaseKey, int> more in query.More)
        {
            _renew.Add(PlaceOf(more.Key));
            if (more.Value > 0 && !released.Contains(more.Key)) _more.Add(more);
        }
    }

    /// <summary>The hosts that requests move to, beside those that are leased: they may not be there yet.</summary>
    public string[] Targets => [.. _again.Where(static entry => entry.Again.Host != entry.Again.Lease.Host).Select(static entry => entry.Again.Host).Distinct(StringComparer.Ordinal)];

    /// <summary>The statements of the call, which are one transaction.</summary>
    public void AddTo(NpgsqlBatch batch, string schema, int job)
    {
        batch.BatchCommands.Add(Settle(schema, job));
        batch.BatchCommands.Add(Take(schema, job));
        batch.BatchCommands.Add(Stand(schema, job));
    }

    /// <summary>Reads what the statements brought.</summary>
    public async Task<LeaseBatch> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        int[] refused = reader.GetFieldValue<int[]>(0), lost = reader.GetFieldValue<int[]>(1);

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        List<HostLease> hosts = [];
        List<LeasedRequest> requests = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            string host = reader.GetString(0);
            if (hosts.Count == 0 || hosts[^1].Key.Host != host)
                hosts.Add(new() { Key = new(host, reader.GetInt64(1)), Requests = requests = [], Duration = _query.Duration, Notes = TextOf(reader, 2) });
            requests.Add(Read(reader, host));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        LeaseBatch batch = new()
        {
            Hosts = hosts,
            Refused = [.. refused.Select(place => _query.Settlements[place])],
            Lost = [.. lost.Select(place => _leases[place - 1])],
            State = reader.GetBoolean(0) ? FrontierState.Cancelled : reader.GetBoolean(1) ? FrontierState.Finished : FrontierState.Open,
            NextReady = await reader.IsDBNullAsync(2, cancellationToken).ConfigureAwait(false) ? null : TimeSpan.FromSeconds(Math.Max(0, reader.GetDouble(2))),
        };

        // The transaction is committed behind its last result alone: what goes wrong there must not be lost.
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return batch;
    }

    private NpgsqlBatchCommand Settle(string schema, int job) => Call(
        "refused, lost", schema, "settle",
        Of(job), Of(_query.Worker), Of(_id), Of(_query.Duration),
        Of(_leases.ConvertAll(static key => key.Host).ToArray()), Of(_leases.ConvertAll(static key => key.Fence).ToArray()), Of(_renew.ToArray()),
        Of(_done.ConvertAll(static entry => entry.Place).ToArray()),
        Of(_done.ConvertAll(static entry => entry.Lease).ToArray()),
        Of(_done.ConvertAll(static entry => entry.Done.Number).ToArray()),
        Of(_done.ConvertAll(static entry => Encoding.UTF8.GetString(entry.Done.Record.Span)).ToArray()),
        Of(_again.ConvertAll(static entry => entry.Place).ToArray()),
        Of(_again.ConvertAll(static entry => entry.Lease).ToArray()),
        Of(_again.ConvertAll(static entry => entry.Again.Number).ToArray()),
        Of(_again.ConvertAll(static entry => entry.Again.Delay.TotalSeconds).ToArray()),
        Of(_again.ConvertAll(static entry => entry.Again.Attempts).ToArray()),
        Of(_again.ConvertAll(static entry => PostgresText.Of(entry.Again.Host)).ToArray()),
        Of(_again.ConvertAll(static entry => entry.Again.State).ToArray()),
        Of(_releases.ConvertAll(static entry => entry.Lease).ToArray()),
        Of(_releases.ConvertAll(static entry => entry.Release.Delay.TotalSeconds).ToArray()),
        Of(_releases.ConvertAll(static entry => entry.Release.Notes).ToArray()));

    private NpgsqlBatchCommand Take(string schema, int job) => Call(
        "host, fence, notes, number, id, attempts, state, line, method, url, home, headers, content, problem, meta", schema, "take",
        Of(job), Of(_query.Worker), Of(_id), Of(_query.Duration), Of(_query.MaxHosts), Of(_query.MaxRequestsPerHost),
        Of(_more.ConvertAll(static more => more.Key.Host).ToArray()), Of(_more.ConvertAll(static more => more.Key.Fence).ToArray()), Of(_more.ConvertAll(static more => more.Value).ToArray()));

    private static NpgsqlBatchCommand Stand(string schema, int job) => new(
        $"""
        SELECT j.cancelled,
            j.input_completed AND NOT EXISTS (SELECT 1 FROM {schema}.hosts h WHERE h.job = j.job AND h.has_work),
            (SELECT extract(epoch FROM h.ready_at - clock_timestamp())::double precision FROM {schema}.hosts h
                WHERE h.job = j.job AND h.has_work AND (h.worker IS NULL OR h.expires_at <= clock_timestamp()) ORDER BY h.ready_at LIMIT 1)
        FROM {schema}.jobs j WHERE j.job = $1
        """)
    {
        Parameters = { Of(job) },
    };

    private static LeasedRequest Read(NpgsqlDataReader reader, string host) => new(
        reader.GetInt64(3),
        new()
        {
            Id = PostgresId.Read(reader.GetGuid(4)),
            Line = reader.GetInt64(7),
            Method = reader.GetString(8),
            Url = reader.GetString(9),
            Host = TextOf(reader, 10) ?? host,
            Headers = PostgresText.Headers(TextOf(reader, 11)),
            Content = reader.IsDBNull(12) ? default : reader.GetFieldValue<byte[]>(12),
            Problem = TextOf(reader, 13),
            Meta = TextOf(reader, 14),
        },
        reader.GetInt32(5),
        TextOf(reader, 6));

    private static string? TextOf(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private int PlaceOf(LeaseKey key)
    {
        if (_places.TryGetValue(key, out int place)) return place;
        _leases.Add(key);
        _places.Add(key, _leases.Count);
        return _leases.Count;
    }
}
