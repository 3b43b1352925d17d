namespace RequestsAsync.Testing;

/// <summary>Lays what was recorded over what was there, so that the file changes only where the traffic did.</summary>
internal static class Rerecording
{
    /// <summary>
    /// The entries to write. Where the n-th request of its kind was there before, its entry keeps its place, and is the old one, dates and times included,
    /// if nothing else has changed. The others follow in the order of their start.
    /// </summary>
    public static List<HarExchange> Merge(CassetteTrack old, IEnumerable<HarExchange> recorded, CassetteOptions options)
    {
        Dictionary<string, Queue<CassetteEntry>> places = new(StringComparer.Ordinal);
        foreach (CassetteEntry entry in old.Entries)
        {
            string key = entry.Key.Text;
            if (!places.TryGetValue(key, out Queue<CassetteEntry>? same)) places.Add(key, same = []);
            same.Enqueue(entry);
        }

        List<(int Place, HarExchange Exchange)> merged = [];
        foreach (HarExchange exchange in recorded)
        {
            CassetteEntry? before = places.TryGetValue(RequestKey.Of(exchange.Request, options).Text, out Queue<CassetteEntry>? same) && same.TryDequeue(out CassetteEntry? next) ? next : null;
            HarExchange kept = before is not null && IsSame(before.Exchange, exchange, options) ? before.Exchange : exchange;
            merged.Add((before?.Number ?? int.MaxValue, kept));
        }

        return [.. merged.OrderBy(static entry => entry.Place).Select(static entry => entry.Exchange)];
    }

    private static bool IsSame(HarExchange old, HarExchange made, CassetteOptions options)
    {
        HarResponse was = old.Response;
        HarResponse now = made.Response;
        return old.Request.Method == made.Request.Method && old.Request.Url == made.Request.Url && old.Request.Version == made.Request.Version
            && AreSame(old.Request.Headers, made.Request.Headers, options) && AreSame(old.Request.Body, made.Request.Body)
            && was.Status == now.Status && was.Reason == now.Reason && was.Version == now.Version
            && AreSame(was.Headers, now.Headers, options) && AreSame(was.Trailers, now.Trailers, options) && AreSame(was.Content, now.Content)
            && was.IsIncomplete == now.IsIncomplete && was.Faults.SequenceEqual(now.Faults);
    }

    private static bool AreSame(IReadOnlyList<KeyValuePair<string, string>> old, IReadOnlyList<KeyValuePair<string, string>> made, CassetteOptions options) =>
        Lasting(old, options).SequenceEqual(Lasting(made, options));

    private static IEnumerable<KeyValuePair<string, string>> Lasting(IReadOnlyList<KeyValuePair<string, string>> headers, CassetteOptions options) =>
        headers.Where(header => !options.VolatileHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase));

    private static bool AreSame(HarBody? old, HarBody? made) =>
        old?.Text == made?.Text && old?.IsBase64 == made?.IsBase64 && old?.IsCoded == made?.IsCoded && old?.MimeType == made?.MimeType;
}
