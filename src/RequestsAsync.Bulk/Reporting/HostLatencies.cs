namespace RequestsAsync.Bulk;

/// <summary>How slow each host is, for the slowest of however many hosts.</summary>
/// <remarks>
/// It holds some thousand hosts. When they are too many the faster half of them is forgotten: one that comes back begins anew. Up to <see cref="MostHosts"/> hosts all figures
/// are whole; beyond, a host that was slow all the time still is among the slowest, and its figures are of the time since it was met last.
/// </remarks>
internal sealed class HostLatencies
{
    /// <summary>How many hosts are held at most.</summary>
    public const int MostHosts = 4096;

    private readonly Dictionary<string, int> _places = new(MostHosts, StringComparer.Ordinal);
    private readonly HostLatency[] _hosts = new HostLatency[MostHosts];
    private int _count;

    /// <summary>Whether hosts had to be forgotten.</summary>
    public bool HasForgotten { get; private set; }

    /// <summary>Adds an answer, or a failure.</summary>
    public void Add(string host, TimeSpan time, bool isFailure)
    {
        if (!_places.TryGetValue(host, out int place))
        {
            if (_count == MostHosts) Forget();
            place = _count++;
            _hosts[place] = new(host, 0, 0, default, default);
            _places.Add(host, place);
        }

        _hosts[place] = _hosts[place].With(time, isFailure);
    }

    /// <summary>The slowest, by their mean.</summary>
    public HostLatency[] Slowest(int count)
    {
        HostLatency[] hosts = [.. _hosts.AsSpan(0, _count)];
        Array.Sort(hosts, SlowestFirst);
        return hosts.Length <= count ? hosts : hosts[..count];
    }

    private void Forget()
    {
        Array.Sort(_hosts, SlowestFirst);
        HasForgotten = true;
        _count = MostHosts / 2;
        Array.Clear(_hosts, _count, MostHosts - _count);
        _places.Clear();
        for (int i = 0; i < _count; i++) _places.Add(_hosts[i].Host, i);
    }

    private static int SlowestFirst(HostLatency one, HostLatency other)
    {
        int order = other.Mean.CompareTo(one.Mean);
        return order != 0 ? order : string.CompareOrdinal(one.Host, other.Host);
    }
}
