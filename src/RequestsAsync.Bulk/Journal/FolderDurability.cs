using System.Runtime.InteropServices;

namespace RequestsAsync.Bulk;

/// <summary>Makes the names in a folder durable: on Unix a file that was created or renamed may be gone after a power failure until its folder is flushed.</summary>
internal static partial class FolderDurability
{
    internal static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int handle = Open(folder, 0);
        if (handle < 0) return;
        _ = FSync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
