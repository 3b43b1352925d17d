using System.Text;

namespace RequestsAsync.Cli;

/// <summary>
/// What a curl command reads from the pipe before it, where that can be told without running anything: <c>echo</c>, <c>printf</c> of a plain text,
/// <c>cat</c>, and <c>base64 -d</c> after one of these.
/// </summary>
internal static class PipedText
{
    /// <summary>The surroundings of a command, with the input that its redirection or pipe gives it.</summary>
    public static CurlHost HostOf(IReadOnlyList<ShellCommand> commands, int index, CurlHost host)
    {
        ShellCommand command = commands[index];
        if (command.Input is { } input) return host with { OpenInput = () => Open(input, host) };
        return command.Joint != ShellJoint.Pipe || index == 0 ? host : host with { OpenInput = () => Open(commands, index - 1, host) };
    }

    private static Stream Open(ShellInput input, CurlHost host) =>
        input.Path is { } path ? host.Open(path) : new MemoryStream(Encoding.UTF8.GetBytes(input.Text!));

    private static Stream Open(IReadOnlyList<ShellCommand> commands, int index, CurlHost host)
    {
        ShellCommand source = commands[index];
        string[] arguments = [.. source.Words.Skip(1).Select(static word => word.Text)];
        switch (source.Program)
        {
            case "echo":
                bool hasLineEnd = arguments is not ["-n", ..];
                return Text(string.Join(' ', hasLineEnd ? arguments : arguments[1..]) + (hasLineEnd ? "\n" : ""));
            case "printf" when arguments is ["%s", var only]:
                return Text(only);
            case "printf" when arguments is [var plain] && plain.AsSpan().IndexOfAny('%', '\\') < 0:
                return Text(plain);
            case "cat" when arguments is [] or ["-"] && source.Input is { } input:
                return Open(input, host);
            case "base64" when arguments is ["-d" or "--decode"] && source.Joint == ShellJoint.Pipe && index > 0:
                return Decoded(Open(commands, index - 1, host));
            case "cat" when arguments is [var path] && path != "-":
                return host.Open(path);
            default:
                throw new CommandException(
                    $"curl would read what '{TerminalText.Line(source.Program)}' writes, and that is not run here.", "Pipe its output: … | requests curl -X POST -d @- URL");
        }
    }

    private static MemoryStream Decoded(Stream encoded)
    {
        using StreamReader reader = new(encoded);
        try
        {
            return new(Convert.FromBase64String(reader.ReadToEnd()));
        }
        catch (FormatException e)
        {
            throw new CommandException("what is piped into 'base64 -d' is no base64.", innerException: e);
        }
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));
}
