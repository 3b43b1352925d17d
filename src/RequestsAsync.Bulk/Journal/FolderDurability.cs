using System.ComponentModel;
using System.Runtime.InteropServices;

namespace RequestsAsync.Bulk;

/// <summary>Makes the names in a folder durable: on Unix a file that was created or renamed may be gone after a power failure until its folder is flushed.</summary>
internal static partial class FolderDurability
{
    // errno.h, the same on Linux and macOS.
    private const int NoAccess = 13;
    private const int Invalid = 22;

    /// <exception cref="IOException">The disk does not take it. A folder that may not be read, and a file system that knows no flushing of folders, are no failure.</exception>
    internal static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int handle = Open(folder, 0);
        if (handle < 0)
        {
            Check(folder, NoAccess);
            return;
        }

        try
        {
            if (FSync(handle) < 0) Check(folder, Invalid);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static void Check(string folder, int harmless)
    {
        int error = Marshal.GetLastPInvokeError();
        if (error != harmless) throw new IOException($"The folder '{folder}' could not be flushed to the disk: {new Win32Exception(error).Message}.");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
