namespace RequestsAsync.Cli;

/// <summary>Colours the start line and the header fields, and sorts the fields where that is wanted.</summary>
internal sealed class HeadFormatter(PrintOptions options)
{
    /// <summary>Writes <c>POST /users HTTP/1.1</c>.</summary>
    public void WriteRequestLine(string line, ShadedText output)
    {
        line = Safe(line);
        int method = line.IndexOf(' ', StringComparison.Ordinal);
        int version = line.LastIndexOf(' ');
        if (method <= 0 || version == method) output.Add(line);
        else output.Add(line.AsSpan(0, method), Shade.Method).Add(line.AsSpan(method, version - method)).Add(line.AsSpan(version), Shade.Protocol);
        output.EndLine();
    }

    /// <summary>Writes <c>HTTP/1.1 200 OK</c>.</summary>
    public void WriteStatusLine(Response response, ShadedText output)
    {
        output.Add(Protocol(response), Shade.Protocol)
            .AddBlanks(1)
            .Add($"{response.StatusCode} {Safe(response.Reason)}".TrimEnd(), Of(response.StatusCode))
            .EndLine();
    }

    /// <summary>Writes the fields, a line each.</summary>
    public void WriteFields(IEnumerable<KeyValuePair<string, string>> fields, ShadedText output)
    {
        if (options is { Format: true, Formatting.HeadersSort: true })
            fields = fields.OrderBy(static entry => entry.Key, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in fields)
            output.Add(Safe(name), Shade.Name).Add(": ", Shade.Punctuation).Add(Safe(value)).EndLine();
    }

    /// <summary>The protocol as the status line has it; HTTP/2 and HTTP/3 have no minor version.</summary>
    public static string Protocol(Response response) =>
        "HTTP/" + (response.HttpVersion.Major < 2 ? response.HttpVersion.ToString(2) : response.HttpVersion.ToString(1));

    private static Shade Of(int status) => (status / 100) switch
    {
        2 => Shade.Success,
        3 => Shade.Redirect,
        4 or 5 => Shade.Failure,
        _ => Shade.Plain,
    };

    private string Safe(string text) => options.IsForPerson ? TerminalText.Line(text) : text;
}
