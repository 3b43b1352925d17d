namespace RequestsAsync.Testing;

/// <summary>Counts requests in fixed windows of time, which begin with the first request.</summary>
internal sealed class RateWindows(TimeProvider time)
{
    // What a client does not come back for is forgotten by then.
    private const int MaxIdle = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Began, TimeSpan Length, int Count)> _windows = new(StringComparer.Ordinal);

    /// <summary>Counts a request, and says what is left for the key.</summary>
    internal RateWindow Take(string key, int limit, TimeSpan length)
    {
        lock (_lock)
        {
            if (_windows.Count >= MaxIdle) ForgetEnded();
            var (began, _, count) = _windows.GetValueOrDefault(key);
            if (count == 0 || time.GetElapsedTime(began) >= length) (began, count) = (time.GetTimestamp(), 0);
            bool isAllowed = count < limit;
            if (isAllowed) count++;
            else count = Math.Max(count, 1);
            _windows[key] = (began, length, count);
            return new RateWindow(isAllowed, Math.Max(0, limit - count), length - time.GetElapsedTime(began));
        }
    }

    private void ForgetEnded()
    {
        foreach (string key in _windows.Where(entry => time.GetElapsedTime(entry.Value.Began) >= entry.Value.Length).Select(static entry => entry.Key).ToArray())
            _windows.Remove(key);
    }
}
