using System.Reflection;
using RequestsAsync.Testing;

namespace RequestsAsync.Samples.Tests;

/// <summary>The samples of this checkout, each built when it first runs, and an httpbin for them to talk to.</summary>
public sealed class SampleFolder : IAsyncLifetime
{
    /// <summary>The checkout.</summary>
    internal static readonly string Root = FindRoot();

    private static readonly string Configuration =
        typeof(SampleFolder).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private readonly HashSet<string> _built = new(StringComparer.Ordinal);
    private HttpBin? _bin;

    /// <summary>The names of the samples, in their order.</summary>
    internal static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Path.Combine(Root, "samples"), "*.cs")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal);

    internal static string ReadMe => File.ReadAllText(Path.Combine(Root, "samples", "README.md"));

    public async ValueTask InitializeAsync() => _bin = await HttpBin.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_bin is not null) await _bin.DisposeAsync();
    }

    /// <summary>Runs a sample with URLs of httpbin as its arguments.</summary>
    internal async Task<DotnetRun> RunAsync(string name, params IEnumerable<string> paths)
    {
        if (_built.Add(name))
        {
            // What it refers to was built with these tests; to build that again could get in the way of other tests that run it.
            string file = Path.Combine(Root, "samples", name + ".cs");
            await DotnetRun.RunAsync("build", file, "--no-dependencies", "--configuration", Configuration);
        }

        string program = Path.Combine(Root, "artifacts", "bin", name + ".cs", Configuration.ToLowerInvariant(), name + ".dll");
        return await DotnetRun.RunAsync([program, .. paths.Select(path => _bin!.Url + path)]);
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "RequestsAsync.slnx"))) return at.FullName;
        }

        throw new DirectoryNotFoundException($"No RequestsAsync.slnx above {AppContext.BaseDirectory}: samples are run from a checkout.");
    }
}
