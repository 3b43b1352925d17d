using System.Runtime.InteropServices;

namespace RequestsAsync.SideBySide;

/// <summary>What it was measured on.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">How many of its cores there are.</param>
/// <param name="MemoryBytes">How much memory there is.</param>
/// <param name="Kernel">The kernel's version.</param>
/// <param name="System">The distribution.</param>
/// <param name="Runtime">The version of .NET.</param>
internal sealed record Machine(string Processor, int Cores, long MemoryBytes, string Kernel, string System, string Runtime)
{
    /// <summary>This one.</summary>
    public static Machine This() => new(
        FieldOf("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        FieldOf("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? RuntimeInformation.OSDescription,
        Environment.Version.ToString());

    public override string ToString() =>
        FormattableString.Invariant($"{Processor}, {Cores} cores, {MemoryBytes / 1e9:0.0} GB, {System}, Linux {Kernel}, .NET {Runtime}");

    private static string? FieldOf(string file, string name, char separator) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(separator, 2)[1].Trim();
}
