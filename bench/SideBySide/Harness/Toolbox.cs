using System.Reflection;
using System.Text.RegularExpressions;

namespace RequestsAsync.SideBySide;

/// <summary>The programs that this machine has, and their versions.</summary>
internal sealed partial class Toolbox
{
    private const string Python = "/usr/bin/python3";
    private static readonly string[] Folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];

    private readonly Dictionary<string, string> _programs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _versions = new(StringComparer.Ordinal);

    private Toolbox()
    {
    }

    /// <summary>The versions by the names of the programs and libraries.</summary>
    public IReadOnlyDictionary<string, string> Versions => _versions;

    /// <summary>Looks for everything.</summary>
    public static async Task<Toolbox> FindAsync(RunOptions options, CancellationToken cancellationToken)
    {
        Toolbox toolbox = new();
        toolbox._versions["RequestsAsync"] = VersionOf(typeof(Session));
        toolbox._versions["RestSharp"] = VersionOf(typeof(RestSharp.RestClient));
        toolbox._versions["Flurl.Http"] = VersionOf(typeof(Flurl.Http.FlurlClient));
        foreach ((string program, string option) in new[] { ("nginx", "-v"), ("wrk", "-v"), ("curl", "--version"), ("http", "--version") })
            await toolbox.AddProgramAsync(program, option, cancellationToken);
        foreach (string module in new[] { "requests", "httpx", "aiohttp" })
            await toolbox.AddModuleAsync(module, cancellationToken);
        if (options.Command is { } command && File.Exists(command)) toolbox._programs["requests"] = command;
        return toolbox;
    }

    /// <summary>The path of a program, a Python script's interpreter, or this program; <see langword="null"/> if it is not there.</summary>
    public string? ProgramOf(Contender contender) => contender.Kind switch
    {
        ContenderKind.DotNet => Environment.ProcessPath,
        ContenderKind.Python => _programs.GetValueOrDefault(ModuleOf(contender)),
        _ => _programs.GetValueOrDefault(contender.Program),
    };

    /// <summary>The path of nginx; <see langword="null"/> if it is not there.</summary>
    public string? Nginx => _programs.GetValueOrDefault("nginx");

    private static string ModuleOf(Contender contender) => "python " + contender.Program[..contender.Program.IndexOf('_', StringComparison.Ordinal)];

    private static string VersionOf(Type type)
    {
        Assembly assembly = type.Assembly;
        string? version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return version?.Split('+')[0] ?? assembly.GetName().Version?.ToString() ?? "";
    }

    private async Task AddProgramAsync(string name, string versionOption, CancellationToken cancellationToken)
    {
        string? path = Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (path is null) return;

        _programs[name] = path;
        FinishedProcess said = await FinishedProcess.RunAsync(path, [versionOption], cancellationToken);
        _versions[name] = Version().Match(said.Output + said.Errors).Value;
    }

    private async Task AddModuleAsync(string name, CancellationToken cancellationToken)
    {
        if (!File.Exists(Python)) return;

        FinishedProcess said = await FinishedProcess.RunAsync(Python, ["-c", $"import sys, {name}; print({name}.__version__, 'on Python', sys.version.split()[0])"], cancellationToken);
        if (said.ExitCode != 0) return;

        _programs["python " + name] = Python;
        _versions["python " + name] = said.Output.Trim();
    }

    [GeneratedRegex(@"\d+(\.\d+)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
