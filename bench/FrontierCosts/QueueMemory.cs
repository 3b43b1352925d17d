using RequestsAsync.Bulk;

namespace RequestsAsync.FrontierCosts;

/// <summary>How much memory requests take that wait, beside the hosts.</summary>
internal static class QueueMemory
{
    private const int RecordBytes = 110;

    internal static void Measure(int count, int hosts)
    {
        long empty = GC.GetTotalMemory(forceFullCollection: true);
        JobState state = new();
        string[] names = [.. Enumerable.Range(0, hosts).Select(i => $"host{i}.example.org")];
        long offset = LogFile.SignatureBytes;
        for (int i = 0; i < count; i++)
        {
            HostQueue host = state.Host(names[i % hosts]);
            state.Count(host);
            host.Add(offset);
            offset += RecordBytes;
        }

        foreach (HostQueue host in state.Hosts) state.Schedule.Place(host, 0);
        names = [];
        long bytes = GC.GetTotalMemory(forceFullCollection: true) - empty;
        Console.WriteLine($"{count:N0} waiting requests of {hosts:N0} hosts: {bytes / 1048576.0:F1} MiB, {(double)bytes / count:F2} bytes each");
        GC.KeepAlive(state);
        GC.KeepAlive(names);
    }
}
