using System.CommandLine;
using System.Reflection;

namespace RequestsAsync.Cli;

/// <summary><c>requests man</c>: prints the manual page, to be read with <c>requests man | man -l -</c>.</summary>
internal sealed class ManCommand : Command
{
    public ManCommand(RootCommand root, StandardStreams streams)
        : base("man", "Print the manual page: requests man | man -l -") => SetAction((_, stopping) =>
            streams.Text.WriteAsync(ManPageWriter.Write(CommandOutline.Of(root), Version).AsMemory(), stopping));

    private static string Version =>
        typeof(ManCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
