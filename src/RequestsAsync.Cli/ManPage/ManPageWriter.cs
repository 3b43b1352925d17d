using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Writes the manual page (man(7)): the options come from the parser, the rest from <see cref="ManPageText"/>.</summary>
internal static class ManPageWriter
{
    public static string Write(IReadOnlyList<CommandOutline> commands, string version)
    {
        StringBuilder page = new();
        page.Append(".TH REQUESTS 1 \"\" \"requests ").Append(Escape(version)).Append("\" \"User Commands\"\n");
        Section(page, "NAME").Append("requests \\- send an HTTP request and print the answer\n");
        Section(page, "SYNOPSIS").Append(".nf\n\\fBrequests\\fR [\\fIMETHOD\\fR] \\fIURL\\fR [\\fIITEM\\fR ...] [\\fIoptions\\fR]\n");
        foreach (CommandOutline command in commands.Skip(1))
        {
            page.Append("\\fBrequests ").Append(Escape(command.Name)).Append("\\fR");
            foreach (string argument in command.Arguments) page.Append(" \\fI").Append(Escape(argument)).Append("\\fR");
            page.Append(" [\\fIoptions\\fR]\n");
        }

        page.Append(".fi\n");
        Section(page, "DESCRIPTION").Append(Escape(ManPageText.Description)).Append('\n');
        Items(page, "ITEMS", ManPageText.Items);
        Section(page, "OPTIONS");
        AddOptions(page, commands[0]);
        Section(page, "COMMANDS");
        foreach (CommandOutline command in commands.Skip(1))
        {
            page.Append(".SS ").Append(Escape(command.Name)).Append('\n').Append(Escape(command.Description)).Append('\n');
            AddOptions(page, command with { Options = [.. command.Options.Where(option => !IsEverywhere(option, commands[0]))] });
        }

        Items(page, "EXIT STATUS", ManPageText.ExitCodes);
        Items(page, "FILES", ManPageText.Files);
        Items(page, "ENVIRONMENT", ManPageText.Environment);
        Section(page, "EXAMPLES").Append(".nf\n");
        foreach (string example in ManPageText.Examples) page.Append(Escape(example)).Append('\n');
        return page.Append(".fi\n").ToString();
    }

    private static bool IsEverywhere(OptionOutline option, CommandOutline root) => root.Options.Any(other => other.Names[0] == option.Names[0] && other.Description == option.Description);

    private static StringBuilder Section(StringBuilder page, string title) => page.Append(".SH ").Append(title).Append('\n');

    private static void Items(StringBuilder page, string title, IEnumerable<(string Term, string Meaning)> items)
    {
        Section(page, title);
        foreach ((string term, string meaning) in items)
            page.Append(".TP\n\\fB").Append(Escape(term)).Append("\\fR\n").Append(Escape(meaning)).Append('\n');
    }

    private static void AddOptions(StringBuilder page, CommandOutline command)
    {
        foreach (OptionOutline option in command.Options)
        {
            page.Append(".TP\n").AppendJoin(", ", option.Names.Select(static name => $"\\fB{Escape(name)}\\fR"));
            if (option.ValueName is not null) page.Append(" \\fI").Append(Escape(option.ValueName)).Append("\\fR");
            page.Append('\n').Append(option.Description.Length == 0 ? "\\&" : Escape(option.Description)).Append('\n');
        }
    }

    /// <summary>Text as roff reads it: the backslash, signs that it would make typographic, and a line that would be a request.</summary>
    internal static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length + 8);
        foreach (char c in text.ReplaceLineEndings("\n"))
        {
            if (c is '.' or '\'' && (escaped.Length == 0 || escaped[^1] == '\n')) escaped.Append("\\&");
            _ = c switch
            {
                '\\' => escaped.Append("\\e"),
                '-' => escaped.Append("\\-"),
                '\'' => escaped.Append("\\(aq"),
                '`' => escaped.Append("\\(ga"),
                '^' => escaped.Append("\\(ha"),
                '~' => escaped.Append("\\(ti"),
                '…' => escaped.Append("..."),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
