using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RequestsAsync.Cli;

/// <summary>The input of this process.</summary>
internal static partial class StandardInput
{
    private const int GetDescriptorFlags = 1; // F_GETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC

    /// <summary>The input; one that is closed is empty. A file can seek.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardInput();
        if (!IsInherited()) return Stream.Null;

        SafeFileHandle handle = new(IntPtr.Zero, ownsHandle: false);
        try
        {
            return new FileStream(handle, FileAccess.Read, bufferSize: 0, isAsync: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException) // a folder, or open for writing alone
        {
            return Stream.Null;
        }
    }

    // Where a process begins without an input, the first file that the runtime opens for itself gets the number 0. What came over an exec cannot have this flag, and
    // what the runtime opens always has.
    private static bool IsInherited() => Fcntl(0, GetDescriptorFlags) is >= 0 and int flags && (flags & CloseOnExec) == 0;

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fcntl(int descriptor, int command);
}
