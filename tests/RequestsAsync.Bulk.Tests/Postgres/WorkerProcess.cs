using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RequestsAsync.Bulk.Tests;

/// <summary><c>requests bulk work</c> as a process of its own, which can be stopped as a machine that sleeps is, and goes on. It ends with the test.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>What it wrote to its error stream by now.</summary>
    public string Errors
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    /// <summary>The beginning of its name as a worker.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{_process.Id}-");

    public static WorkerProcess Start(string database, LoggingServer web, params string[] options)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(dotnet, [Command, "bulk", "work", "--job", "job", "--proxy", web.Url, .. options])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment["REQUESTS_FRONTIER"] = ScratchPostgres.AsUrl(database);
        start.Environment["NO_PROXY"] = "";
        WorkerProcess worker = new(Process.Start(start)!);
        worker._process.ErrorDataReceived += worker.Note;
        worker._process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Stops it in the middle of whatever it does.</summary>
    public Task StopAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    // In the folder of its project beside that of the tests, of the same configuration.
    private static string Command
    {
        get
        {
            DirectoryInfo tests = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(tests.Parent!.Parent!.FullName, "RequestsAsync.Cli", tests.Name, "requests.dll");
        }
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_errors) _errors.AppendLine(line.Data);
    }

    private async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
