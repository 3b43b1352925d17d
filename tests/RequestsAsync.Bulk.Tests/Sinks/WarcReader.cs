using System.Diagnostics;

namespace RequestsAsync.Bulk.Tests;

/// <summary>The command <c>warcio</c>, installed once from npm into a folder of the machine's temporary files.</summary>
internal static class WarcReader
{
    private const string Package = "warcio@2.4.11";

    /// <summary>Where its program is; <see langword="null"/> where it cannot be had.</summary>
    public static async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        string folder = Path.Combine(Path.GetTempPath(), "requests-warcio");
        string tool = Path.Combine(folder, "node_modules", ".bin", "warcio");
        if (File.Exists(tool)) return tool;
        try
        {
            (int code, _) = await RunProcessAsync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", Package], cancellationToken);
            return code == 0 && File.Exists(tool) ? tool : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Lists the records of all files in a folder: a JSON object each.</summary>
    public static Task<(int Code, string Output)> RunAsync(string tool, string folder, CancellationToken cancellationToken) =>
        RunProcessAsync(tool, ["index", .. Directory.GetFiles(folder, "*.warc.gz")], cancellationToken);

    private static async Task<(int Code, string Output)> RunProcessAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken), error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
