namespace RequestsAsync;

/// <summary>The folder of devices, where nothing is saved: root may replace a device by a file, and has then broken the machine.</summary>
internal static class DeviceFolder
{
    private const string Devices = "/dev/";
    private const string SharedMemory = "/dev/shm/"; // ordinary files, in memory

    /// <summary>Whether a path is in it.</summary>
    /// <param name="path">A path from the root.</param>
    public static bool Holds(string path) => path.StartsWith(Devices, StringComparison.Ordinal) && !path.StartsWith(SharedMemory, StringComparison.Ordinal);
}
