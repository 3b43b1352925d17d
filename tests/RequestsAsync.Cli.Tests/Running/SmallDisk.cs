using System.Diagnostics;

namespace RequestsAsync.Cli.Tests;

/// <summary>A file system in memory with little room, unmounted after the test.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    /// <summary>Mounts one, where that is allowed.</summary>
    /// <param name="kibibytes">Its room.</param>
    public static async Task<SmallDisk> MountAsync(int kibibytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root mounts a file system.");
        SmallDisk disk = new();
        int code = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", disk.Path);
        if (code == 0) return disk;

        disk._folder.Dispose();
        Assert.Skip("This root may not mount a file system.");
        return disk;
    }

    /// <summary>Makes room.</summary>
    public async Task GrowAsync(int kibibytes) => Assert.Equal(0, await RunAsync("mount", "-o", $"remount,size={kibibytes}k", Path));

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", Path);
        _folder.Dispose();
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
