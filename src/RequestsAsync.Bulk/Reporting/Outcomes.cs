namespace RequestsAsync.Bulk;

/// <summary>What requests came to: how many with which status, and how many with which kind of error.</summary>
internal sealed class Outcomes
{
    private const int Statuses = 1000;
    private readonly long[] _statuses = new long[Statuses];
    private readonly long[] _errors = new long[Enum.GetValues<BulkErrorKind>().Length];
    private readonly string?[] _messages = new string?[Enum.GetValues<BulkErrorKind>().Length];

    /// <summary>The statuses that came, the most frequent first.</summary>
    public IEnumerable<(int Status, long Count)> ByStatus =>
        Enumerable.Range(0, Statuses).Where(status => _statuses[status] > 0).Select(status => (status, _statuses[status])).OrderByDescending(static entry => entry.Item2);

    /// <summary>The kinds of errors that came, the most frequent first, each with the first message of its kind.</summary>
    public IEnumerable<(BulkErrorKind Kind, long Count, string Message)> ByError =>
        Enum.GetValues<BulkErrorKind>().Where(kind => _errors[(int)kind] > 0).Select(kind => (kind, _errors[(int)kind], _messages[(int)kind] ?? "")).OrderByDescending(static entry => entry.Item2);

    /// <summary>Counts a request that is done.</summary>
    public void Add(BulkRecord record)
    {
        if (record.Error is { } error)
        {
            _errors[(int)error.Kind]++;
            _messages[(int)error.Kind] ??= error.Message;
        }
        else
        {
            _statuses[Math.Clamp(record.Status, 0, Statuses - 1)]++;
        }
    }
}
