using System.Globalization;

namespace RequestsAsync.SideBySide;

/// <summary>The resident memory of a process, as Linux tells it.</summary>
internal static class ProcessMemory
{
    private const string Own = "/proc/self/status";

    /// <summary>What is resident of this process now, in bytes.</summary>
    public static long Resident => Read(Own, "VmRSS") ?? 0;

    /// <summary>The most that was ever resident of this process since <see cref="ResetPeak"/>, in bytes.</summary>
    public static long Peak => Read(Own, "VmHWM") ?? 0;

    /// <summary>The most that was ever resident of a process; <see langword="null"/> when it has ended.</summary>
    public static long? PeakOf(int processId) => Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"), "VmHWM");

    /// <summary>Lets the peak begin anew at what is resident now.</summary>
    public static void ResetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A kernel without it: the peak then counts from the start of the process, for every client alike.
        }
    }

    private static long? Read(string file, string field)
    {
        try
        {
            foreach (string line in File.ReadLines(file))
            {
                if (line.StartsWith(field, StringComparison.Ordinal))
                    return long.Parse(line.AsSpan(field.Length + 1).Trim().TrimEnd("kB ").Trim(), CultureInfo.InvariantCulture) * 1024;
            }
        }
        catch (IOException)
        {
            // the process has ended
        }

        return null;
    }
}
