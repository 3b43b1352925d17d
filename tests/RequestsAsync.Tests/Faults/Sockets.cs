namespace RequestsAsync.Tests;

/// <summary>The sockets of this process, as the kernel lists them.</summary>
internal static class Sockets
{
    /// <summary>How many there are.</summary>
    public static int Count() => new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Count(static entry => TargetOf(entry).StartsWith("socket:", StringComparison.Ordinal));

    /// <summary>Waits, for a second at most each time something still closes, until there are no more than so many.</summary>
    public static async Task<int> SettleAsync(int expected)
    {
        int count = Count();
        for (int i = 0; i < 100 && count > expected; i++)
        {
            await Task.Delay(50);
            count = Count();
        }

        return count;
    }

    private static string TargetOf(FileSystemInfo entry)
    {
        try
        {
            return entry.LinkTarget ?? "";
        }
        catch (IOException)
        {
            return ""; // closed meanwhile
        }
    }
}
