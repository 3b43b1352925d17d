using System.Diagnostics;
using System.Globalization;

namespace RequestsAsync.BulkSimulation;

/// <summary>Many workers on one frontier, in fake time: <c>dotnet run -c Release --project bench/BulkSimulation -- [--urls N] [--hosts N] [--workers N] …</c>.</summary>
internal static class Program
{
    private const string Usage = "usage: BulkSimulation [--urls 100000000] [--hosts 200000] [--largest 100000] [--workers 1000] [--hosts-per-worker 100] [--deaths 2000] [--seed 1]";

    private static int Main(string[] args)
    {
        SimulationOptions options = new();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value) || With(options, args[i], value) is not { } changed)
            {
                Console.Error.WriteLine(Usage);
                return 2;
            }

            options = changed;
        }

        var clock = Stopwatch.StartNew();
        Simulation simulation = new(options);
        TimeSpan filled = clock.Elapsed;
        SimulationResult result = simulation.Run();
        Print(options, result);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nSimulated in {clock.Elapsed.TotalSeconds:0} s ({filled.TotalSeconds:0} of them to fill the queues), {self.PeakWorkingSet64 >> 20} MiB at most."));
        return result.Overlaps + result.TooSoon == 0 ? 0 : 1;
    }

    private static SimulationOptions? With(SimulationOptions options, string name, int value) => name switch
    {
        "--urls" => options with { Urls = value },
        "--hosts" => options with { Hosts = value },
        "--largest" => options with { Largest = value },
        "--workers" => options with { Workers = value },
        "--hosts-per-worker" => options with { HostsPerWorker = value },
        "--deaths" => options with { Deaths = value },
        "--seed" => options with { Seed = value },
        _ => null,
    };

    private static void Print(SimulationOptions options, SimulationResult result)
    {
        Console.WriteLine("| | |\n|---|--:|");
        Row($"URLs, hosts, workers", $"{options.Urls:N0}, {options.Hosts:N0}, {options.Workers:N0}");
        Row($"hosts a worker holds at most", $"{options.HostsPerWorker:N0}");
        Row($"leases given", $"{result.Leases:N0}");
        Row($"requests tried again", $"{result.Retries:N0}");
        Row($"makespan", $"{result.Makespan.TotalHours:0.00} h");
        Row($"lower bound", $"{result.LowerBound.TotalHours:0.00} h");
        Row($"makespan / lower bound", $"{result.Makespan / result.LowerBound:0.000}");
        Row($"requests while another was at the host", $"{result.Overlaps:N0}");
        Row($"requests before the host's delay was over", $"{result.TooSoon:N0}");
        Row($"part of the time that hosts waited beyond their delay", $"{result.Waiting:0.000 %}");
        Row($"the last host's first lease after", $"{result.LastFirstLease.TotalMinutes:0.0} min");
        Row($"Jain's index of the hosts' pace", $"{result.HostFairness:0.0000}");
        Row($"Jain's index of the workers' share", $"{result.WorkerFairness:0.0000}");
        Row($"workers killed, workers stopped", $"{result.Deaths:N0}, {result.Stops:N0}");
        Row($"URLs fetched twice", $"{result.FetchedTwice:N0}");
        Row($"late settlements refused", $"{result.Refused:N0}");

        static void Row(string name, FormattableString value) => Console.WriteLine($"| {name} | {value.ToString(CultureInfo.InvariantCulture)} |");
    }
}
