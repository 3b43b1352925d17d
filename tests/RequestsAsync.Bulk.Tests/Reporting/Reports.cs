using System.Globalization;

namespace RequestsAsync.Bulk.Tests;

/// <summary>Reports of runs that never were.</summary>
internal static class Reports
{
    /// <summary>What hosts and servers may say of themselves to harm who reads of them.</summary>
    public const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u202E\u0000";

    /// <summary>One of so many results, over a day and many hosts, with everything in it.</summary>
    public static string OfMany(int count)
    {
        RunReport report = new();
        BulkOptions options = new() { Worker = Hostile };
        Random random = new(3);
        long[] byClass = new long[6];
        for (int i = 0; i < count; i++)
        {
            string host = i % 1000 == 0 ? Hostile + new string('x', 500) : string.Create(CultureInfo.InvariantCulture, $"a-host-with-quite-a-long-name-{i % 300_000}.example.org");
            FetchResult result = ResultOf(host, i, random, options);
            byClass[result.Record.Error is null ? result.Record.Status / 100 : 0]++;
            report.Add(host, result, TimeSpan.FromDays(1) * ((double)i / count));
        }

        BulkProgress progress = new() { Elapsed = TimeSpan.FromDays(1), Done = count, ByClass = byClass, Bytes = count * 1000L, Retries = 12 };
        FrontierStats before = new() { Done = 5, Added = count + 5 };
        return new ReportPage(report, new()
        {
            Began = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
            Before = before,
            After = before with { Done = count + 5, InputCompleted = true, State = FrontierState.Finished, Hosts = 300_001 },
            Summary = new(FrontierState.Finished, progress, IsInterrupted: false),
            Options = options,
        }).Write();
    }

    private static FetchResult ResultOf(string host, int number, Random random, BulkOptions options)
    {
        BulkRequest request = new() { Id = default, Url = "http://" + host, Host = host, Line = number };
        BulkRecord record = new() { Request = request };
        if (number % 50 == 0)
        {
            record.Error = new((BulkErrorKind)(number / 50 % Enum.GetValues<BulkErrorKind>().Length), Hostile);
            record.Elapsed = TimeSpan.FromSeconds(20);
        }
        else record.Status = 200 + (number % 400);
        return new()
        {
            Host = new(new(host, 1), null, options),
            Leased = new(number, request, 0, null),
            Record = record,
            IsNetworkFailure = record.Error is not null,
            Latency = record.Error is null ? TimeSpan.FromMilliseconds(Math.Exp(random.NextDouble() * 8)) : null,
        };
    }
}
