using System.Globalization;
using System.Text;

namespace RequestsAsync.Testing;

/// <summary>The entries of a file, each of which answers one request: the n-th of several that are the same has the n-th entry.</summary>
/// <remarks>That holds whatever the order in which different requests come, so that it does not matter how they are scheduled. Safe for several threads.</remarks>
internal sealed class CassetteTrack
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly CassetteOptions _options;
    private readonly List<CassetteEntry> _entries = [];
    private readonly Dictionary<string, List<CassetteEntry>> _byKey = new(StringComparer.Ordinal);

    public CassetteTrack(string path, IEnumerable<HarExchange> exchanges, CassetteOptions options)
    {
        _path = path;
        _options = options;
        HarSecretRules rules = options.ToRules();
        foreach (HarExchange exchange in exchanges)
        {
            // What has no secrets stays as it is; a file from elsewhere may have some.
            HarExchange hidden = new HarSecrets(rules).Apply(exchange);
            CassetteEntry entry = new(_entries.Count + 1, hidden, RequestKey.Of(hidden.Request, options));
            _entries.Add(entry);
            string key = entry.Key.Text;
            if (!_byKey.TryGetValue(key, out List<CassetteEntry>? same)) _byKey.Add(key, same = []);
            same.Add(entry);
        }
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<CassetteEntry> Entries => _entries;

    /// <summary>Those that no request has had.</summary>
    public CassetteEntry[] Unused
    {
        get
        {
            lock (_lock) return [.. _entries.Where(static entry => !entry.IsUsed)];
        }
    }

    /// <summary>The entry for a request, which is used then; <see langword="null"/> when there is none left.</summary>
    /// <param name="request">The request, its secrets hidden.</param>
    public CassetteEntry? Take(HarRequest request)
    {
        if (!_byKey.TryGetValue(RequestKey.Of(request, _options).Text, out List<CassetteEntry>? same)) return null;

        // The caller's own code runs outside of the lock.
        if (_options.Matches is { } matches)
        {
            CassetteRequest asked = new(request);
            same = same.FindAll(entry => matches(entry.Request, asked));
        }

        lock (_lock)
        {
            CassetteEntry? found = same.Find(static entry => !entry.IsUsed) ?? (_options.AllowRepeats ? same.LastOrDefault() : null);
            found?.IsUsed = true;
            return found;
        }
    }

    /// <summary>Says that a request is not here, and what is.</summary>
    public CassetteMissException Miss(HarRequest request)
    {
        RequestKey key = RequestKey.Of(request, _options);
        lock (_lock)
        {
            int used = _entries.Count(static entry => entry.IsUsed);
            StringBuilder message = new();
            message.Append(CultureInfo.InvariantCulture, $"{request.Method} {request.Url} is not on the cassette {_path} ({_entries.Count} entries, {used} used).");
            if (_byKey.TryGetValue(key.Text, out List<CassetteEntry>? same))
                Explain(message, same);
            else if (_entries.OrderBy(entry => RequestDifference.Distance(key, entry.Key)).ThenBy(static entry => entry.IsUsed).FirstOrDefault() is { } nearest)
                Explain(message, nearest, key);
            else
                message.Append(" It is empty.");
            message.Append("\nTo record it: CassetteMode.RecordNew.");
            return new(message.ToString());
        }
    }

    private static void Explain(StringBuilder message, List<CassetteEntry> same)
    {
        if (same.TrueForAll(static entry => entry.IsUsed))
            message.Append(CultureInfo.InvariantCulture, $"\nIts {same.Count} entries have answered already, the last of them is number {same[^1].Number}; with AllowRepeats that would answer again.");
        else
            message.Append(CultureInfo.InvariantCulture, $"\nNumber {same.Find(static entry => !entry.IsUsed)!.Number} is the same by method, URL and content, and CassetteOptions.Matches refuses it.");
    }

    private static void Explain(StringBuilder message, CassetteEntry nearest, RequestKey key)
    {
        message.Append(CultureInfo.InvariantCulture, $"\nNearest is {nearest}{(nearest.IsUsed ? " (used)" : "")}:");
        foreach (string line in RequestDifference.Lines(key, nearest.Key))
            message.Append("\n  ").Append(line);
    }
}
