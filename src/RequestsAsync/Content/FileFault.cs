namespace RequestsAsync;

/// <summary>What an exception of the file system says. The runtime has one type for all of it; its code is the system's own.</summary>
internal static class FileFault
{
    /// <summary>Whether somebody else has the file: EWOULDBLOCK of flock(2), and the sharing violation of Windows.</summary>
    public static bool IsLocked(Exception e) => e is IOException and not (FileNotFoundException or DirectoryNotFoundException) && (e.HResult is 11 or 35 || (e.HResult & 0xFFFF) == 32);

    /// <summary>Whether there is no room: ENOSPC and EDQUOT, and the two of Windows.</summary>
    public static bool IsFull(Exception e) => OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 39 or 112 : e.HResult is 28 or 69 or 122;
}
