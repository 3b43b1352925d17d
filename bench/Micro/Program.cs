using BenchmarkDotNet.Running;

namespace RequestsAsync.Micro;

internal static class Program
{
    private static async Task Main(string[] args)
    {
        if (args is ["objects"]) await ObjectCount.PrintAsync();
        else BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new MicroConfig());
    }
}
