namespace RequestsAsync.Cli;

/// <summary>Reads curl's arguments as curl does (its <c>tool_getparam.c</c>): short options may stand together, long ones may be cut short, and <c>--next</c> begins anew.</summary>
/// <param name="text">The text that the words stand in, for messages.</param>
internal sealed class CurlArguments(string text)
{
    private readonly List<CurlOperation> _operations = [new()];
    private readonly List<string> _notes = [];

    private CurlOperation Operation => _operations[^1];

    /// <summary>What is described, one after another; those without a URL are left out.</summary>
    public IReadOnlyList<CurlOperation> Operations => [.. _operations.Where(operation => operation.Urls.Count > 0)];

    /// <summary>What is different here, for the user to know.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Reads the words after the program's name.</summary>
    /// <param name="words">The words.</param>
    /// <param name="host">Reads the files that <c>-K</c> names.</param>
    /// <exception cref="ShellSyntaxException">An option is unknown, has no value, or cannot be done here.</exception>
    public void Read(IReadOnlyList<ShellWord> words, CurlHost host)
    {
        Queue<ShellWord> rest = new(words);
        bool areOptions = true;
        while (rest.TryDequeue(out ShellWord word))
        {
            if (areOptions && word.Text == "--") areOptions = false;
            else if (areOptions && word.Text.StartsWith("--", StringComparison.Ordinal)) ReadLong(word, rest, host);
            else if (areOptions && word.Text.Length > 1 && word.Text[0] == '-') ReadShort(word, rest, host);
            else Operation.Urls.Add(word.Text);
        }
    }

    private void ReadLong(ShellWord word, Queue<ShellWord> rest, CurlHost host)
    {
        string name = word.Text[2..];
        int equals = name.IndexOf('=', StringComparison.Ordinal); // since curl 8.16 a value may follow so
        (CurlOption option, bool on) = Find(equals < 0 ? name : name[..equals], word.Position);
        if (equals >= 0 && !option.TakesValue) throw new ShellSyntaxException($"{option} takes no value.", text, word.Position);

        string value = !option.TakesValue ? "" : equals < 0 ? ValueOf(option, rest, word) : name[(equals + 1)..];
        Apply(option, value, on, word.Position, host);
    }

    private void ReadShort(ShellWord word, Queue<ShellWord> rest, CurlHost host)
    {
        for (int i = 1; i < word.Text.Length; i++)
        {
            CurlOption option = CurlOptionTable.Find(word.Text[i])
                ?? throw new ShellSyntaxException($"curl has no option '-{word.Text[i]}'.", text, word.Position + i);
            if (!option.TakesValue)
            {
                Apply(option, "", on: true, word.Position, host);
                continue;
            }

            // What follows in the same word is the value.
            string value = i + 1 < word.Text.Length ? word.Text[(i + 1)..] : ValueOf(option, rest, word);
            Apply(option, value, on: true, word.Position, host);
            return;
        }
    }

    private (CurlOption Option, bool On) Find(string name, int position)
    {
        CurlOption? option = CurlOptionTable.Find(name, out IReadOnlyList<string> candidates);
        if (option is not null) return (option, true);
        if (name.StartsWith("no-", StringComparison.Ordinal) && CurlOptionTable.Find(name[3..], out _) is { TakesValue: false } negated) return (negated, false);
        if (candidates.Count > 1)
            throw new ShellSyntaxException($"'--{name}' may mean --{string.Join(" or --", candidates.Take(4))}: write it in full.", text, position);
        if (name.StartsWith("expand-", StringComparison.Ordinal) || name == "variable")
            throw new ShellSyntaxException($"--{name} is not supported: curl's own variables are not expanded here; the shell's are.", text, position);
        throw new ShellSyntaxException($"curl has no option '--{name}'.", text, position);
    }

    private string ValueOf(CurlOption option, Queue<ShellWord> rest, ShellWord word) =>
        rest.TryDequeue(out ShellWord value) ? value.Text : throw new ShellSyntaxException($"{option} needs a value.", text, word.Position);

    private void Apply(CurlOption option, string value, bool on, int position, CurlHost host)
    {
        if (option.Refusal is not null && on) throw new ShellSyntaxException($"{option} is not supported: {option.Refusal}.", text, position);

        try
        {
            if (option.Name == "next") _operations.Add(Next());
            else if (option.Name == "config") Read(CurlConfig.Parse(host.ReadText(value)).Select(word => new ShellWord(word, position)).ToList(), host);
            else if (option.Name == "url" && value.StartsWith('@')) Operation.Urls.AddRange(UrlsIn(host.ReadText(value[1..])));
            else option.Apply?.Invoke(Operation, value, on);
            if (CurlOptionTable.NoteOn(option) is { } note && on && !_notes.Contains(note)) _notes.Add(note);
        }
        catch (CommandException e) when (e.Hint is null)
        {
            throw new ShellSyntaxException($"{option}: {e.Message}", text, position);
        }
    }

    // One a line, with remarks between them.
    private static IEnumerable<string> UrlsIn(string file) =>
        file.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(static line => line[0] != '#');

    // What a command line says for all its parts stays.
    private CurlOperation Next() => new()
    {
        FailsEarly = Operation.FailsEarly,
        IsSilent = Operation.IsSilent,
        ShowsErrors = Operation.ShowsErrors,
        Verbose = Operation.Verbose,
    };
}
