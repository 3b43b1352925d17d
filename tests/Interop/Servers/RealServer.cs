namespace RequestsAsync.Interop;

/// <summary>A server of Debian's on a free port of 127.0.0.1. Where its package is not installed, every test that asks for a URL is skipped.</summary>
public abstract class RealServer : IAsyncLifetime
{
    private static readonly string[] Folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];

    private readonly ScratchFolder _scratch = new();
    private ServerProcess? _process;
    private string? _missing;

    /// <summary>Where the server listens.</summary>
    public int Port { get; } = LoopbackPort.Free();

    /// <summary>The packages that hold the server, as apt-get takes them.</summary>
    protected abstract string Packages { get; }

    /// <summary>The program's name.</summary>
    protected abstract string Program { get; }

    /// <summary>Files without which the program cannot do what the tests ask of it.</summary>
    protected virtual IEnumerable<string> Needs => [];

    private protected string Root => _scratch.Root;

    /// <summary>The server's URL with a path, which begins with a slash.</summary>
    public string Url(string path)
    {
        Require();
        return $"http://127.0.0.1:{Port}{path}";
    }

    /// <summary>The server as a proxy.</summary>
    /// <param name="scheme">The scheme of the proxy's URL.</param>
    /// <param name="userInfo">User name and password as they stand in a URL, with the <c>@</c>.</param>
    public string Proxy(string scheme, string userInfo = "") => Url("").Replace("http://", $"{scheme}://{userInfo}", StringComparison.Ordinal);

    /// <summary>Skips the test if the server is not there.</summary>
    public void Require() => Assert.SkipWhen(_missing is not null, _missing ?? "");

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("INTEROP") is "off")
        {
            _missing = "real servers are not to be started (INTEROP=off)";
            return;
        }

        string? program = Folders.Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists);
        if (program is null || !Needs.All(Path.Exists))
        {
            _missing = $"not installed: apt-get install --no-install-recommends {Packages}";
            return;
        }

        Configure(_scratch);
        _process = await ServerProcess.StartAsync(program, Arguments, Port, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_process is not null) await _process.DisposeAsync();
        _scratch.Dispose();
    }

    /// <summary>What the program is started with, to stay in the foreground.</summary>
    protected abstract IEnumerable<string> Arguments { get; }

    /// <summary>Writes the files that the server reads.</summary>
    private protected virtual void Configure(ScratchFolder scratch)
    {
    }
}
