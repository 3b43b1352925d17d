using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Completion for PowerShell.</summary>
internal static class PowerShellCompletion
{
    private const string Completer = """
        Register-ArgumentCompleter -Native -CommandName requests -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
            $command = ''
            foreach ($word in ($before | Select-Object -Skip 1)) {
                $next = "$command $word".Trim()
                if (-not $options.ContainsKey($next)) { break }
                $command = $next
            }
            $previous = $before[-1]
            $candidates =
                if ($values[$command].ContainsKey($previous)) { $values[$command][$previous] }
                elseif ($wordToComplete.StartsWith('-')) { $options[$command] }
                elseif ($before.Count -eq 1) { $first }
                else { $words[$command] }
            $candidates | Where-Object { $_ -clike "$wordToComplete*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }.GetNewClosure()

        """;

    public static string Script(IReadOnlyList<CommandOutline> commands)
    {
        StringBuilder script = new("# PowerShell completion for requests: add it to $PROFILE\n");
        script.Append("$first = ").Append(List(commands[0].SubcommandsIn(commands).Select(static command => command.Word).Concat(CommandOutline.Methods))).Append('\n');
        AddTable(script, "options", commands, static command => List(command.Options.SelectMany(static option => option.Names)));
        AddTable(script, "words", commands, static command => List(command.Values));
        AddTable(script, "values", commands, Values);
        return script.Append(Completer).ToString();
    }

    private static void AddTable(StringBuilder script, string name, IReadOnlyList<CommandOutline> commands, Func<CommandOutline, string> value)
    {
        // Case matters: -h and -H are two options.
        script.Append('$').Append(name).Append(" = [hashtable]::new([StringComparer]::Ordinal)\n");
        foreach (CommandOutline command in commands)
            script.Append('$').Append(name).Append("['").Append(command.Name).Append("'] = ").Append(value(command)).Append('\n');
    }

    private static string Values(CommandOutline command) => "[hashtable]::new([StringComparer]::Ordinal)" + string.Concat(
        from option in command.Options
        where option.Values.Count > 0
        from name in option.Names
        select $"\n$values['{command.Name}']['{name}'] = {List(option.Values)}");

    private static string List(IEnumerable<string> words) => $"@({string.Join(", ", words.Select(static word => $"'{word}'"))})";
}
