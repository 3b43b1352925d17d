using System.Globalization;

namespace RequestsAsync.FrontierCosts;

/// <summary>What the frontier of one machine costs: <c>dotnet run -c Release --project bench/FrontierCosts -- job|unsynced|queues|ids [count]</c>, or <c>bare URLS [in-flight]</c>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["bare", string file, .. var rest]) return await BareLoop.RunAsync(file, rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 512);

        int count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
        switch (args.Length > 0 ? args[0] : "")
        {
            case "job":
                await JobCost.MeasureAsync(count, isDurable: true);
                return 0;
            case "unsynced":
                await JobCost.MeasureAsync(count, isDurable: false);
                return 0;
            case "queues":
                QueueMemory.Measure(count, hosts: 1_000);
                QueueMemory.Measure(count, hosts: 100_000);
                return 0;
            case "ids":
                IdCost.Measure(count);
                return 0;
            default:
                await Console.Error.WriteLineAsync("usage: FrontierCosts job|unsynced|queues|ids [count], or bare URLS [in-flight]");
                return 2;
        }
    }
}
