namespace RequestsAsync.Cli;

/// <summary>Formats and colours a body, whole or line by line, and makes it safe for a terminal.</summary>
internal sealed class BodyFormatter
{
    private readonly JsonFormatter _json;
    private readonly MarkupFormatter _markup;
    private readonly EventLineFormatter _events;

    public BodyFormatter(PrintOptions options, string? contentType)
    {
        Kind = KindOf(contentType);
        _json = new(options);
        _markup = new(options);
        _events = new(_json);
    }

    /// <summary>What the body is, as its media type says.</summary>
    public BodyKind Kind { get; }

    /// <summary>Writes a whole body.</summary>
    public void Write(string text, ShadedText output)
    {
        if (Kind is BodyKind.Json or BodyKind.Text && MayBeJson(text) && _json.TryWrite(text, output)) return;

        string safe = TerminalText.Lines(text);
        switch (Kind)
        {
            case BodyKind.Xml:
                _markup.WriteXml(safe, output);
                break;
            case BodyKind.Html:
                MarkupFormatter.WriteHtml(safe, output);
                break;
            case BodyKind.Form:
                FormColorer.Write(safe, output);
                break;
            default:
                output.Add(safe);
                break;
        }
    }

    /// <summary>Writes a line of a body that is printed as it comes, without a line's end.</summary>
    public void WriteLine(string line, ShadedText output)
    {
        if (Kind == BodyKind.Events) _events.Write(line, output);
        else if (Kind == BodyKind.Xml) MarkupFormatter.WriteHtml(TerminalText.Lines(line), output); // a line of it is no document
        else if (Kind != BodyKind.JsonLines || !_json.TryWrite(line, output)) Write(line, output);
    }

    /// <summary>What a media type says about the text.</summary>
    internal static BodyKind KindOf(string? contentType)
    {
        string type = (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return type switch
        {
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines" or "application/jsonlines"
                or "application/json-seq" => BodyKind.JsonLines,
            "text/event-stream" => BodyKind.Events,
            "text/html" or "application/xhtml+xml" => BodyKind.Html,
            "application/x-www-form-urlencoded" => BodyKind.Form,
            _ when type.EndsWith("/json", StringComparison.Ordinal) || type.EndsWith("+json", StringComparison.Ordinal) => BodyKind.Json,
            _ when type.EndsWith("/xml", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal) => BodyKind.Xml,
            _ => BodyKind.Text,
        };
    }

    // A sentence in quotes is JSON too, by the letter; as plain text it is just that.
    private bool MayBeJson(string text) => Kind == BodyKind.Json || text.AsSpan().TrimStart() is ['{' or '[', ..];
}
