namespace RequestsAsync.Cli;

/// <summary>The curl commands of a pasted text: all of them count, in order, and nothing else of it is ever run.</summary>
/// <param name="Calls">The commands; never empty.</param>
/// <param name="Notes">What is different here, for the user to know.</param>
internal sealed record CurlScript(IReadOnlyList<CurlCall> Calls, IReadOnlyList<string> Notes)
{
    /// <summary>Reads a text as a shell would, with the curl commands in it.</summary>
    /// <param name="text">The text; where it has no program's name, <c>curl</c> is meant.</param>
    /// <param name="host">What surrounds it.</param>
    /// <param name="isShown">Whether it is only shown: a variable that is not set stays as it is written then.</param>
    /// <exception cref="ShellSyntaxException">It cannot be read.</exception>
    /// <exception cref="CommandException">There is no curl command in it, or a file cannot be read.</exception>
    public static CurlScript Parse(string text, CurlHost host, bool isShown)
    {
        if (text.AsSpan().TrimStart() is ['-', ..]) text = "curl " + text.TrimStart();

        ShellVariables variables = new(host.Environment, keepUnset: isShown);
        ShellScript script = ShellScript.Parse(text, variables);
        List<string> notes = [.. script.Notes];
        foreach (string name in variables.Unset)
            notes.Add(isShown ? $"the variable {name} is not set and stays as it is written." : $"the variable {name} is not set, and so it is empty.");

        List<CurlCall> calls = [];
        for (int i = 0; i < script.Commands.Count; i++)
        {
            ShellCommand command = script.Commands[i];
            if (!command.IsCurl)
            {
                if (!IsReadByCurl(script.Commands, i)) notes.Add($"'{TerminalText.Line(command.Program)}' is not run: only curl commands are.");
                continue;
            }

            CurlHost own = PipedText.HostOf(script.Commands, i, host);
            calls.Add(Read(text, command.Words.Skip(1).ToList(), command.Joint, own, notes));
        }

        return calls.Count > 0 ? new(calls, notes) : throw new CommandException("there is no curl command in what was given.", "It reads: requests curl 'curl https://example.com'");
    }

    /// <summary>Reads curl's arguments that the shell took apart already.</summary>
    /// <exception cref="ShellSyntaxException">An option is unknown, has no value, or cannot be done here.</exception>
    public static CurlScript OfWords(IReadOnlyList<string> arguments, CurlHost host)
    {
        // For messages the line is written as it may have been typed.
        System.Text.StringBuilder text = new("curl");
        List<ShellWord> words = [];
        foreach (string argument in arguments)
        {
            text.Append(' ');
            words.Add(new(argument, text.Length));
            text.Append(ShellText.Quote(argument));
        }

        List<string> notes = [];
        return new([Read(text.ToString(), words, ShellJoint.Then, host, notes)], notes);
    }

    // Whether what the command writes goes into curl, perhaps through others.
    private static bool IsReadByCurl(IReadOnlyList<ShellCommand> commands, int index)
    {
        int next = index + 1;
        while (next < commands.Count && commands[next] is { IsCurl: false, Joint: ShellJoint.Pipe }) next++;
        return next < commands.Count && commands[next] is { IsCurl: true, Joint: ShellJoint.Pipe };
    }

    private static CurlCall Read(string text, List<ShellWord> words, ShellJoint joint, CurlHost host, List<string> notes)
    {
        CurlArguments arguments = new(text);
        arguments.Read(words, host);
        foreach (string note in arguments.Notes)
        {
            if (!notes.Contains(note)) notes.Add(note);
        }

        return arguments.Operations.Count > 0 ? new(joint, arguments.Operations, host) : throw new ShellSyntaxException("The curl command has no URL.", text, text.Length);
    }
}
