using System.Diagnostics;
using System.Text;

namespace RequestsAsync.Cli.Tests;

/// <summary>The command as a process of its own, ended when the test ends.</summary>
internal sealed class CommandProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private CommandProcess(Process process) => _process = process;

    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "requests.dll");

    /// <summary>Starts the command, its input closed.</summary>
    public static CommandProcess Start(params string[] arguments) => StartProgram(Dotnet, [Assembly, .. arguments]);

    /// <summary>Starts the command with variables of its own, its input closed.</summary>
    public static CommandProcess StartWith(Dictionary<string, string> environment, params string[] arguments) =>
        StartProgram(Dotnet, [Assembly, .. arguments], environment: environment);

    /// <summary>Starts the command with an input that stays open until <see cref="CloseInput"/>.</summary>
    public static CommandProcess StartWithInput(params string[] arguments) => StartProgram(Dotnet, [Assembly, .. arguments], keepsInput: true);

    /// <summary>Starts the command from a line of the shell, in which <c>requests</c> stands for it.</summary>
    public static CommandProcess StartInShell(string line)
    {
        SkipUnlessUnix();
        return StartProgram("/bin/bash", ["-c", $"requests() {{ '{Dotnet}' '{Assembly}' \"$@\"; }}\n{line}"]);
    }

    /// <summary>Starts the command where Ctrl-C has its usual meaning, whatever the tests themselves were started with.</summary>
    public static CommandProcess StartInterruptible(params string[] arguments) => StartInterruptible(keepsInput: false, arguments);

    /// <inheritdoc cref="StartInterruptible(string[])"/>
    public static CommandProcess StartInterruptible(bool keepsInput, params string[] arguments)
    {
        SkipUnlessUnix();
        return StartProgram("env", ["--default-signal=INT", Dotnet, Assembly, .. arguments], keepsInput: keepsInput);
    }

    /// <summary>Starts the command on a pseudo-terminal, with <c>script</c> of util-linux.</summary>
    /// <param name="kind">The terminal's kind; to a <c>dumb</c> one nobody sends control sequences.</param>
    /// <param name="arguments">The arguments.</param>
    public static CommandProcess StartOnTerminal(string kind, params string[] arguments) => StartOnTerminal(kind, keepsInput: false, arguments);

    /// <inheritdoc cref="StartOnTerminal(string, string[])"/>
    public static CommandProcess StartOnTerminal(string kind, bool keepsInput, params string[] arguments)
    {
        SkipUnlessUnix();
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no script(1) here.");
        string line = string.Join(' ', arguments.Prepend(Assembly).Prepend(Dotnet).Select(static word => $"'{word}'"));
        return StartProgram("/usr/bin/script", ["-qec", line, "/dev/null"], kind, keepsInput);
    }

    /// <summary>Starts the command on a pseudo-terminal of a size and with variables of its own.</summary>
    public static CommandProcess StartOnTerminal(int columns, Dictionary<string, string> environment, params string[] arguments)
    {
        SkipUnlessUnix();
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no script(1) here.");
        string line = $"stty cols {columns} rows 24; " + string.Join(' ', arguments.Prepend(Assembly).Prepend(Dotnet).Select(static word => $"'{word}'"));
        return StartProgram("/usr/bin/script", ["-qec", line, "/dev/null"], "xterm-256color", environment: environment);
    }

    /// <summary>Starts the command with 64 MiB of memory, in a pipe that counts its bytes.</summary>
    public static CommandProcess StartCounting(params string[] arguments)
    {
        SkipUnlessUnix();
        string line = string.Join(' ', arguments.Prepend(Assembly).Prepend(Dotnet).Select(static word => $"'{word}'"));
        return StartProgram("/bin/bash", ["-c", $"set -o pipefail; DOTNET_GCHeapHardLimit=0x4000000 {line} | wc -c"]);
    }

    /// <summary>The next line of the output.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token);

    /// <summary>Reads the output up to a text.</summary>
    public async Task ReadUntilAsync(string text)
    {
        StringBuilder read = new();
        char[] next = new char[1];
        while (!read.ToString().EndsWith(text, StringComparison.Ordinal) && await _process.StandardOutput.ReadAsync(next, Token).AsTask().WaitAsync(Patience, Token) > 0)
            read.Append(next[0]);
    }

    /// <summary>The next line of the error stream.</summary>
    public async Task<string?> ReadErrorLineAsync() => await _process.StandardError.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token);

    /// <summary>Writes to the input.</summary>
    public async Task WriteAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text.AsMemory(), Token);
        await _process.StandardInput.FlushAsync(Token);
    }

    /// <summary>Ends the input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Sends a signal by its name.</summary>
    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, _process.Id.ToString()]);
        await kill.WaitForExitAsync(Token);
    }

    /// <summary>Waits for the end, and gives what was not read yet.</summary>
    public async Task<Ran> EndAsync()
    {
        Task<string> output = _process.StandardOutput.ReadToEndAsync(Token);
        Task<string> error = _process.StandardError.ReadToEndAsync(Token);
        await _process.WaitForExitAsync(Token).WaitAsync(Patience, Token);
        return new(_process.ExitCode, Encoding.UTF8.GetBytes(await output), await error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void SkipUnlessUnix() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals and pseudo-terminals are tried on Linux.");

    private static CommandProcess StartProgram(
        string program, IEnumerable<string> arguments, string terminal = "dumb", bool keepsInput = false, Dictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["TERM"] = terminal;
        start.Environment["NO_PROXY"] = "127.0.0.1,localhost";
        foreach (string name in (string[])["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"]) start.Environment.Remove(name); // those of whoever runs the tests
        foreach ((string name, string value) in environment ?? [])
            start.Environment[name] = value;
        Process process = Process.Start(start)!;
        if (!keepsInput) process.StandardInput.Close();
        return new(process);
    }
}
