using System.Diagnostics;

[assembly: AssemblyFixture(typeof(RequestsAsync.Cli.Tests.PackedTool))]

namespace RequestsAsync.Cli.Tests;

/// <summary>The command as its users get it: packed, and installed from the package with <c>dotnet tool install</c>; once for all tests, and gone after them.</summary>
public sealed class PackedTool : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _once = new(1, 1);
    private TemporaryFolder? _folder;

    public void Dispose()
    {
        _folder?.Dispose();
        _once.Dispose();
    }

    /// <summary>Installs it, unless that was done.</summary>
    /// <returns>The path of the program.</returns>
    internal async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken);
        try
        {
            _folder ??= await MakeAsync(cancellationToken);
            return Path.Combine(_folder.Path, "tool", OperatingSystem.IsWindows() ? "requests.exe" : "requests");
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>The folder of the whole source.</summary>
    internal static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "RequestsAsync.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run inside of the repository.");
    }

    private static async Task<TemporaryFolder> MakeAsync(CancellationToken cancellationToken)
    {
        string project = Path.Combine(Repository(), "src", "RequestsAsync.Cli");
        TemporaryFolder folder = new();
        try
        {
            string packages = Path.Combine(folder.Path, "packages");
            string sources = folder.Write("nuget.config", $"<configuration><packageSources><clear /><add key=\"packed\" value=\"{packages}\" /></packageSources></configuration>");
            await DotnetAsync(folder.Path, ["pack", project, "--output", packages, "-p:ContinuousIntegrationBuild=false", $"-p:ArtifactsPath={Path.Combine(folder.Path, "artifacts")}"], cancellationToken);
            await DotnetAsync(folder.Path, ["tool", "install", "RequestsAsync.Cli", "--tool-path", Path.Combine(folder.Path, "tool"), "--configfile", sources], cancellationToken);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    // Without the variables of the test run, which would lead the SDK astray; and with packages of its own only where they are to be found in this folder again.
    private static async Task DotnetAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(CommandProcess.Dotnet, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // what it starts ends with it
        start.Environment["UseSharedCompilation"] = "false";
        if (arguments[0] == "tool") start.Environment["NUGET_PACKAGES"] = Path.Combine(folder, "cache");
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}:\n{await output}\n{await error}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
