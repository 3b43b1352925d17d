using System.Globalization;
using System.Runtime.InteropServices;

namespace RequestsAsync.Cli;

/// <summary>How wide the terminal is.</summary>
/// <remarks>On Linux the terminal is asked without the runtime, which would set it up for the reading of keys first.</remarks>
internal static partial class TerminalSize
{
    private const nuint GetWindowSize = 0x5413; // TIOCGWINSZ

    /// <summary>The columns of the terminal behind the output or the error stream, else what <c>COLUMNS</c> says; <see langword="null"/> where nobody tells.</summary>
    public static int? Columns()
    {
        int columns = OperatingSystem.IsLinux() ? Asked() : Console.IsOutputRedirected && Console.IsErrorRedirected ? 0 : Console.WindowWidth;
        if (columns > 0) return columns;

        return int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out columns) && columns > 0 ? columns : null;
    }

    private static int Asked()
    {
        WindowSize size = default;
        foreach (int descriptor in (ReadOnlySpan<int>)[DescriptorStream.Output, DescriptorStream.Error])
        {
            if (Ioctl(descriptor, GetWindowSize, ref size) == 0 && size.Columns > 0) return size.Columns;
        }

        return 0;
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Ioctl(int descriptor, nuint request, ref WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort PixelWidth;
        public ushort PixelHeight;
    }
}
