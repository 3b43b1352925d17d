using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace RequestsAsync.Cli;

/// <summary><c>--version</c>: name and version in one line, without the commit.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        string version = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        int commit = version.IndexOf('+', StringComparison.Ordinal);
        parseResult.InvocationConfiguration.Output.WriteLine($"requests {(commit < 0 ? version : version[..commit])}");
        return ExitCode.Success;
    }
}
