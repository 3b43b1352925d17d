namespace RequestsAsync.Cli;

/// <summary>What the items of a command line say of the request.</summary>
internal sealed class RequestItems
{
    private readonly List<RequestItem> _content = [];
    private readonly HashSet<string> _removed = new(StringComparer.OrdinalIgnoreCase);

    private RequestItems()
    {
    }

    /// <summary>The header fields that have a value.</summary>
    public Headers Headers { get; } = [];

    /// <summary>The parameters of the query.</summary>
    public Parameters Query { get; } = [];

    /// <summary>Fields and files, in their order.</summary>
    public IReadOnlyList<RequestItem> Content => _content;

    /// <summary>The file that is the whole body; <see langword="null"/> when there is none.</summary>
    public RequestItem? RawFile { get; private set; }

    /// <summary>Whether they make a body.</summary>
    public bool HasContent => RawFile is not null || _content.Count > 0;

    /// <summary>Reads the items and the files that they name.</summary>
    /// <exception cref="CommandException">One makes no sense, or a file cannot be read.</exception>
    public static RequestItems Collect(IEnumerable<RequestItem> items)
    {
        RequestItems all = new();
        foreach (RequestItem item in items)
            all.Add(item);
        if (all.RawFile is { } file && all._content.Count > 0)
            throw CommandException.Usage($"'{file.Source}' is the whole body, and '{all._content[0].Source}' would add to it.", "Choose one of them; a file among other fields is name@file.");
        return all;
    }

    /// <summary>Puts the fields of a session over the defaults, and those of the items over both; a field that an item takes away is gone.</summary>
    public void AddHeadersTo(Headers defaults, Headers session)
    {
        Replace(defaults, session);
        Replace(defaults, Headers);
        foreach (string name in _removed)
            defaults[name] = null;
    }

    private static void Replace(Headers headers, Headers by)
    {
        HashSet<string> placed = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in by)
        {
            if (placed.Add(name)) headers[name] = value;
            else headers.Add(name, value);
        }
    }

    private void Add(RequestItem item)
    {
        switch (item.Kind)
        {
            case ItemKind.Header:
                AddHeader(item, item.Value.Trim());
                break;
            case ItemKind.HeaderFromFile:
                AddHeader(item, ItemFile.ReadText(item).Trim());
                break;
            case ItemKind.EmptyHeader when item.Value.Length > 0:
                throw CommandException.Usage($"'{item.Source}' is no item: 'Name;' sends an empty header, and nothing follows the semicolon.", "A '\\' before ';' takes its meaning away.");
            case ItemKind.EmptyHeader:
                AddHeader(item, "");
                break;
            case ItemKind.Query:
                Query.Add(item.Name, item.Value);
                break;
            case ItemKind.QueryFromFile:
                Query.Add(item.Name, ItemFile.ReadText(item).TrimEnd('\n'));
                break;
            case ItemKind.Upload when item.Name.Length == 0:
                if (RawFile is { } first) throw CommandException.Usage($"'{first.Source}' and '{item.Source}' are each the whole body.", "Send one of them, or both as name@file with --multipart.");
                RawFile = item;
                break;
            default:
                _content.Add(item);
                break;
        }
    }

    // Of two the later counts: a value brings back what was taken away, and the other way round.
    private void AddHeader(RequestItem item, string value)
    {
        string name = NameOf(item);
        if (value.Length > 0 || item.Kind != ItemKind.Header)
        {
            _removed.Remove(name);
            Headers.Add(name, value);
            return;
        }

        Headers.Remove(name);
        _removed.Add(name);
    }

    private static string NameOf(RequestItem item) => item.Name.Length > 0
        ? item.Name
        : throw CommandException.Usage($"'{item.Source}' is a header without a name.", "Name:Value is a header; a URL comes before the items.");
}
