using System.Diagnostics;
using System.Security.Cryptography;
using RequestsAsync.Bulk;

namespace RequestsAsync.FrontierCosts;

/// <summary>What it costs to know which requests were there before.</summary>
internal static class IdCost
{
    internal static void Measure(int count)
    {
        string folder = Directory.CreateTempSubdirectory("frontier-costs-").FullName;
        try
        {
            using RequestIdSet set = new(folder, new LocalFrontierOptions().DeduplicationMemory);
            long empty = GC.GetTotalMemory(forceFullCollection: true);
            Run(set, count, isNew: true);
            Console.WriteLine($"  memory: {(GC.GetTotalMemory(forceFullCollection: true) - empty) / 1048576.0:F1} MiB, {set.RunCount} runs on the disk");
            Run(set, count, isNew: false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(RequestIdSet set, int count, bool isNew)
    {
        TimeSpan cost = TimeSpan.Zero;
        var ids = new RequestId[512];
        Span<byte> number = stackalloc byte[sizeof(int)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (int start = 0; start < count; start += ids.Length)
        {
            for (int i = 0; i < ids.Length; i++)
            {
                BitConverter.TryWriteBytes(number, start + i);
                SHA256.HashData(number, hash);
                ids[i] = new(new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..])));
            }

            long time = Stopwatch.GetTimestamp();
            set.EnsureRoom(ids.Length);
            foreach (RequestId id in ids)
            {
                if (set.Add(id) != isNew) throw new InvalidOperationException("The set is wrong.");
            }

            cost += Stopwatch.GetElapsedTime(time);
        }

        Console.WriteLine($"{count:N0} ids, {(isNew ? "all new" : "all known")}: {cost.TotalSeconds:F2} s, {cost.TotalNanoseconds / count:F0} ns each");
    }
}
