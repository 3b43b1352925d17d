using System.Runtime.CompilerServices;

namespace RequestsAsync.Cli.Tests;

/// <summary>Keeps the tests away from the configuration of whoever runs them.</summary>
internal static class OwnFolders
{
    /// <summary>A folder that is not there.</summary>
    public static string Nowhere { get; } = Path.Combine(AppContext.BaseDirectory, "no-such-configuration");

    [ModuleInitializer]
    internal static void Set()
    {
        Environment.SetEnvironmentVariable("REQUESTS_CONFIG_DIR", Nowhere);
        Environment.SetEnvironmentVariable("NETRC", Path.Combine(Nowhere, "netrc"));
    }
}
