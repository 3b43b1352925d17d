namespace RequestsAsync.Cli;

/// <summary>Puts the members of every object in the order of their names; those of one name keep theirs.</summary>
internal sealed class JsonKeySorter
{
    private readonly string _text;
    private readonly List<JsonToken> _tokens;
    private readonly List<JsonToken> _sorted;

    private JsonKeySorter(string text, List<JsonToken> tokens)
    {
        _text = text;
        _tokens = tokens;
        _sorted = new(tokens.Count);
    }

    /// <summary>The pieces of the same text in another order.</summary>
    public static List<JsonToken> Sort(string text, List<JsonToken> tokens)
    {
        JsonKeySorter sorter = new(text, tokens);
        sorter.Copy(0);
        return sorter._sorted;
    }

    // Copies the value that begins there; tells where it has ended.
    private int Copy(int at)
    {
        if (_tokens[at].Kind == JsonTokenKind.ObjectStart) return CopyObject(at);

        _sorted.Add(_tokens[at]);
        if (_tokens[at++].Kind != JsonTokenKind.ArrayStart) return at;

        while (_tokens[at].Kind != JsonTokenKind.ArrayEnd)
        {
            if (_tokens[at].Kind == JsonTokenKind.Comma) _sorted.Add(_tokens[at++]);
            else at = Copy(at);
        }

        _sorted.Add(_tokens[at]);
        return at + 1;
    }

    private int CopyObject(int at)
    {
        _sorted.Add(_tokens[at++]);
        List<int> members = [];
        while (_tokens[at].Kind != JsonTokenKind.ObjectEnd)
        {
            if (_tokens[at].Kind == JsonTokenKind.Comma) at++;
            members.Add(at);
            at = Skip(at + 2); // the name, the colon
        }

        JsonToken comma = new(JsonTokenKind.Comma, 0, 0);
        bool isFirst = true;
        foreach (int member in members.OrderBy(Name, StringComparer.Ordinal))
        {
            if (!isFirst) _sorted.Add(comma);
            isFirst = false;
            _sorted.Add(_tokens[member]);
            _sorted.Add(_tokens[member + 1]);
            Copy(member + 2);
        }

        _sorted.Add(_tokens[at]);
        return at + 1;
    }

    private int Skip(int at)
    {
        int depth = 0;
        do
        {
            if (_tokens[at].IsStart) depth++;
            else if (_tokens[at].IsEnd) depth--;
            at++;
        }
        while (depth > 0);
        return at;
    }

    // Without its quotes, which come after some characters.
    private string Name(int member) => _text.Substring(_tokens[member].Start + 1, _tokens[member].Length - 2);
}
