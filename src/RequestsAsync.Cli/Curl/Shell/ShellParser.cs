namespace RequestsAsync.Cli;

/// <summary>Takes a text apart into simple commands with their redirections.</summary>
internal sealed class ShellParser(string text, ShellVariables variables)
{
    private readonly ShellReader _reader = new(text, variables);
    private readonly List<ShellCommand> _commands = [];
    private readonly List<string> _notes = [];
    private readonly List<ShellWord> _words = [];
    private readonly List<HereDocument> _pending = [];
    private ShellInput? _input;
    private ShellJoint _joint;

    public ShellScript Parse()
    {
        while (true)
        {
            _reader.SkipBlanks();
            if (_reader.IsAtEnd) break;
            ReadNext();
        }

        if (_pending.Count > 0) throw _reader.Error($"The here-document has no end: no line reads '{_pending[0].Delimiter}'.", _pending[0].Position);
        EndCommand(ShellJoint.Then);
        return new(text, _commands, _notes);
    }

    private void ReadNext()
    {
        int start = _reader.Position;
        if (_reader.Take("\r\n") || _reader.Take("\n"))
        {
            EndCommand(ShellJoint.Then);
            ReadHereDocuments();
        }
        else if (_reader.Take("&&")) EndCommand(ShellJoint.AndThen);
        else if (_reader.Take("||")) EndCommand(ShellJoint.OrElse);
        else if (_reader.Take("|&") || _reader.Take("|")) EndCommand(ShellJoint.Pipe);
        else if (_reader.Take("&>") || _reader.Take(">&")) NoteOutput();
        else if (_reader.Take(";") || _reader.Take("&")) EndCommand(ShellJoint.Then);
        else if (_reader.TakeDescriptor() is { } descriptor) ReadRedirection(descriptor);
        else if (_reader.Peek is '<' or '>') ReadRedirection(descriptor: null);
        else if (_reader.Peek is '(' or ')') throw _reader.Error("A subshell is not read here: paste the curl command alone.", start);
        else ReadWord();
    }

    private void ReadWord()
    {
        int start = _reader.Position;
        bool isAssignment = _words.Count == 0 && _reader.IsAtAssignment;
        IReadOnlyList<string> fields = _reader.ReadWord(split: !isAssignment);
        foreach (string field in fields)
        {
            // The prompt is often copied along.
            if (_words.Count == 0 && field is "$" or "%") continue;
            _words.Add(new(field, start));
        }
    }

    private void ReadRedirection(string? descriptor)
    {
        int start = _reader.Position;
        if (_reader.Take("<<<"))
        {
            _reader.SkipBlanks();
            Redirect(descriptor, new(_reader.ReadOne("a here-string") + "\n", Path: null));
        }
        else if (_reader.Take("<<"))
        {
            bool stripsTabs = _reader.Take("-");
            _reader.SkipBlanks();
            (string delimiter, bool isQuoted) = _reader.ReadDelimiter();
            _pending.Add(new(delimiter, isQuoted, stripsTabs, start, _commands.Count));
        }
        else if (_reader.Take("<&"))
        {
            throw _reader.Error("An input that is another descriptor is not read here: give the data in the command.", start);
        }
        else if (_reader.Take("<"))
        {
            if (_reader.Peek == '(') throw _reader.Error("A process substitution would run another program, which is never done here: put its output into a file.", start);
            _reader.SkipBlanks();
            Redirect(descriptor, new(Text: null, _reader.ReadOne("a file's name")));
        }
        else
        {
            _ = _reader.Take(">>") || _reader.Take(">|") || _reader.Take(">&") || _reader.Take(">");
            NoteOutput(descriptor);
        }
    }

    private void Redirect(string? descriptor, ShellInput input)
    {
        if (descriptor is null or "0") _input = input;
    }

    private void NoteOutput(string? descriptor = null)
    {
        _reader.SkipBlanks();
        string target = _reader.ReadOne("a file's name");
        if (descriptor is null or "1" && target is not ("1" or "2"))
            _notes.Add($"the redirection to '{target}' is not made here: add -o '{target}', or redirect the output of this command.");
    }

    private void EndCommand(ShellJoint next)
    {
        ShellJoint joint = _joint;
        ShellInput? input = _input;
        _joint = next;
        _input = null;
        if (_words.Count == 0)
        {
            // An operator at a line's end goes on to the next line; only another line end leaves things as they were.
            if (next == ShellJoint.Then) _joint = joint;
            return;
        }

        ShellWord[] words = [.. _words];
        _words.Clear();
        int assignments = Array.FindIndex(words, word => !ShellReader.IsAssignment(word.Text));
        if (assignments < 0 || words[0].Text == "export")
        {
            foreach (ShellWord word in words)
                SetVariable(word.Text);
            return;
        }

        _commands.Add(new() { Words = words[assignments..], Input = input, Joint = joint });
    }

    private void SetVariable(string assignment)
    {
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0) variables.Set(assignment[..equals], assignment[(equals + 1)..]);
    }

    // The documents begin on the line after the one that announces them; of several for one input the last counts.
    private void ReadHereDocuments()
    {
        foreach (HereDocument document in _pending)
        {
            ShellInput input = new(_reader.ReadHereDocument(document), Path: null);
            if (document.Command < _commands.Count) _commands[document.Command] = _commands[document.Command] with { Input = input };
        }

        _pending.Clear();
    }
}
