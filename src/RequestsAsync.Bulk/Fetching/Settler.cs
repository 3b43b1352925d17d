namespace RequestsAsync.Bulk;

/// <summary>Makes results durable: contents first, then their records, and then says to the frontier that they are done.</summary>
internal sealed class Settler(IFrontier frontier, JsonLinesFile? output, IReadOnlyList<IBodySink> bodies, TimeProvider time) : IDisposable
{
    private readonly RecordWriter _writer = new();

    /// <summary>When the frontier was asked last, by the clock's timestamps.</summary>
    public long AskedAt { get; private set; }

    /// <summary>Stores results, settles them, gives hosts back and leases others.</summary>
    /// <param name="results">The results.</param>
    /// <param name="query">What is asked of the frontier beside; the settlements come into it here.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="SinkException">The results could not be stored: none of them is settled.</exception>
    /// <exception cref="FrontierException">They are stored, and not settled: they will come again, with the same id.</exception>
    public async Task<LeaseBatch> SettleAsync(IReadOnlyList<FetchResult> results, LeaseQuery query, CancellationToken cancellationToken)
    {
        List<Settlement> settlements = new(results.Count);
        List<byte[]> records = new(results.Count);
        foreach ((string host, TimeSpan block) in BlocksOf(results)) await frontier.BlockHostAsync(host, block, cancellationToken).ConfigureAwait(false);
        foreach (FetchResult result in results)
        {
            settlements.Add(result.Again is { } delay ? Again(result, delay) : await StoreAsync(result, records, cancellationToken).ConfigureAwait(false));
        }

        foreach (IBodySink sink in bodies) await sink.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (output is not null)
        {
            // Not before the contents are durable: a record in the output is taken as done when the job goes on, whatever the process had in its hands when it ended.
            foreach (byte[] record in records) output.Add(record);
            output.Flush();
        }

        AskedAt = time.GetTimestamp();
        return await frontier.LeaseAsync(query with { Settlements = settlements, OutputPosition = output?.Length }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static Settlement.Again Again(FetchResult result, TimeSpan delay) =>
        new(result.Host.Key, result.Leased.Number, delay, result.Attempts, result.NextHost ?? result.Host.Key.Host, result.State?.ToString());

    // Many requests of a host may have been told to leave it alone: the longest time counts.
    private static Dictionary<string, TimeSpan> BlocksOf(IReadOnlyList<FetchResult> results)
    {
        Dictionary<string, TimeSpan> blocks = new(StringComparer.Ordinal);
        foreach (FetchResult result in results)
        {
            if (result.Block is not { } block) continue;
            string host = result.Host.Key.Host;
            if (!blocks.TryGetValue(host, out TimeSpan longest) || block > longest) blocks[host] = block;
        }

        return blocks;
    }

    private async ValueTask<Settlement> StoreAsync(FetchResult result, List<byte[]> records, CancellationToken cancellationToken)
    {
        if (result.Record.Status > 0)
        {
            foreach (IBodySink sink in bodies) await sink.StoreAsync(result.Record, result.Body, cancellationToken).ConfigureAwait(false);
        }

        byte[] record = _writer.Write(result.Record);
        if (output is null) return new Settlement.Done(result.Host.Key, result.Leased.Number, record);
        records.Add(record);
        return new Settlement.Done(result.Host.Key, result.Leased.Number, default);
    }
}
