using System.Diagnostics;

namespace RequestsAsync.SideBySide;

/// <summary>A program that was started here, and is ended here by its id.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private ChildProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it said to its parent at its end.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a program. It hears of no proxy, whatever the environment says: all of this is loopback.</summary>
    public static ChildProcess Start(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(static name => name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start."));
    }

    /// <summary>The next line that it prints; <see langword="null"/> at its end.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken) => await _process.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>All that it prints.</summary>
    public Task<string> ReadToEndAsync(CancellationToken cancellationToken) => _process.StandardOutput.ReadToEndAsync(cancellationToken);

    /// <summary>All that it wrote to standard error, when it has ended.</summary>
    public Task<string> ErrorTextAsync() => _errors;

    /// <summary>It gets no input: a command that takes one from a pipe would wait for its first byte.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits for its end.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Asks it to end, if it has not, and ends it if it does not listen.</summary>
    public ValueTask DisposeAsync() => new(_process.EndAsync());
}
