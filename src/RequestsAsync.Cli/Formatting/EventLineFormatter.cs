namespace RequestsAsync.Cli;

/// <summary>
/// Colours the lines of server-sent events. JSON in <c>data</c> is indented over several lines that all begin with <c>data:</c>, which
/// mean the same event (HTML §9.2.6).
/// </summary>
internal sealed class EventLineFormatter(JsonFormatter json)
{
    private const string Data = "data";

    public void Write(string line, ShadedText output)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon == 0)
        {
            output.Add(TerminalText.Line(line), Shade.Comment);
            return;
        }

        string name = colon < 0 ? line : line[..colon];
        output.Add(TerminalText.Line(name), Shade.Name);
        if (colon < 0) return;

        string value = line[(colon + 1)..];
        output.Add(": ", Shade.Punctuation);
        if (value.StartsWith(' ')) value = value[1..];
        if (name != Data || !TryWriteJson(value, output)) output.Add(TerminalText.Line(value));
    }

    private bool TryWriteJson(string value, ShadedText output)
    {
        if (value is not ['{' or '[', ..]) return false;

        output.LinePrefix = Data;
        bool isJson = json.TryWrite(value, output);
        output.LinePrefix = null;
        return isJson;
    }
}
