using System.Runtime.InteropServices;

namespace RequestsAsync.SideBySide;

/// <summary>The CPU time of this process's children that have ended, as <c>getrusage(2)</c> tells it: to the microsecond, and after their end.</summary>
/// <param name="User">In user mode.</param>
/// <param name="System">In the kernel.</param>
internal readonly partial record struct ChildCpu(TimeSpan User, TimeSpan System)
{
    private const int Children = -1; // RUSAGE_CHILDREN
    private const int LongsOfUsage = 18; // struct rusage of 64-bit Linux: two times of two longs each, then 14 numbers

    /// <summary>All of it until now.</summary>
    public static ChildCpu Now
    {
        get
        {
            Span<long> usage = stackalloc long[LongsOfUsage];
            if (GetResourceUsage(Children, ref MemoryMarshal.GetReference(usage)) != 0) throw new InvalidOperationException("getrusage does not answer.");
            return new ChildCpu(TimeOf(usage), TimeOf(usage[2..]));
        }
    }

    public static ChildCpu operator -(ChildCpu later, ChildCpu earlier) => new(later.User - earlier.User, later.System - earlier.System);

    private static TimeSpan TimeOf(ReadOnlySpan<long> secondsAndMicroseconds) =>
        TimeSpan.FromSeconds(secondsAndMicroseconds[0]) + TimeSpan.FromMicroseconds(secondsAndMicroseconds[1]);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetResourceUsage(int who, ref long usage);
}
