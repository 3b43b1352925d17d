using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Reads <c>-F name=content;type=…;filename=…;headers=…</c> (curl's <c>tool_formparse.c</c>).</summary>
internal sealed class CurlForm(string text, CurlHost host)
{
    private int _at;
    private string? _type;
    private string? _fileName;
    private readonly List<KeyValuePair<string, string>> _headers = [];

    /// <exception cref="CommandException">It is not of that form, or asks for what is not done here.</exception>
    public static DescribedPart Read(CurlFormPart part, CurlHost host)
    {
        int equals = part.Value.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) throw new CommandException($"a field of a form reads 'name=content', and '{TerminalText.Line(part.Value)}' does not.");

        string name = part.Value[..equals];
        string content = part.Value[(equals + 1)..];
        if (part.IsLiteral) return new(name) { Content = Encoding.UTF8.GetBytes(content) };
        if (name.Length == 0 && content is ['(', ..] or [')', ..]) throw new CommandException("-F '=(…' is not supported: a form within a form is obsolete (RFC 7578 §4.3).");
        return new CurlForm(content, host).Read(name);
    }

    private DescribedPart Read(string name)
    {
        char sign = text is ['@' or '<', ..] ? text[0] : '\0';
        if (sign != '\0') _at = 1;
        string content = ReadValue(endsAtComma: sign == '@');
        if (_at < text.Length && text[_at] == ',')
        {
            throw new CommandException(
                $"-F '{name}=@…,…' is not supported: several files in one field are a form within a form, which is obsolete (RFC 7578 §4.3).", "Give each file a -F of its own.");
        }


        ReadParameters();
        DescribedPart part = new(name) { ContentType = _type, FileName = _fileName, Headers = _headers };
        if (sign == '\0') return part with { Content = Encoding.UTF8.GetBytes(content) };
        if (sign == '<') return part with { Content = host.Read(content) };

        if (content == "-") return part with { Content = host.ReadInput(), FileName = _fileName ?? "-", ContentType = _type ?? TypeOf(_fileName ?? "-") };
        host.CheckIsThere(content);
        string fileName = _fileName ?? content[(content.LastIndexOfAny(['/', '\\']) + 1)..];
        return part with { Path = content, FileName = fileName, ContentType = _type ?? TypeOf(_fileName ?? content) };
    }

    private void ReadParameters()
    {
        while (_at < text.Length)
        {
            _at++; // the semicolon
            int equals = text.IndexOf('=', _at);
            string name = equals < 0 ? text[_at..] : text[_at..equals].Trim();
            _at = equals < 0 ? text.Length : equals + 1;
            switch (name.ToLowerInvariant())
            {
                case "type":
                    _type = ReadType();
                    break;
                case "filename":
                    _fileName = ReadValue(endsAtComma: false);
                    break;
                case "headers":
                    ReadHeaders(ReadValue(endsAtComma: false));
                    break;
                case "encoder":
                    ReadEncoder(ReadValue(endsAtComma: false));
                    break;
                default:
                    throw new CommandException($"'{TerminalText.Line(name)}' in a field of a form is not supported: a field has type, filename and headers. Within quotes a semicolon stands for itself: name=\"a;b\".");
            }
        }
    }

    // A media type may have parameters of its own, after semicolons; those that are this form's end it.
    private string ReadType()
    {
        string type = ReadValue(endsAtComma: false);
        while (_at < text.Length && !IsOwnParameter(_at + 1))
        {
            _at++;
            type += ";" + ReadValue(endsAtComma: false);
        }

        return type;
    }

    private bool IsOwnParameter(int at)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at).TrimStart();
        foreach (string name in (ReadOnlySpan<string>)["type=", "filename=", "headers=", "encoder="])
        {
            if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    // In quotes everything stands for itself but a backslash before a quote or a backslash.
    private string ReadValue(bool endsAtComma)
    {
        int start = _at;
        while (start < text.Length && text[start] == ' ') start++;
        if (start < text.Length && text[start] == '"' && ReadQuoted(start + 1) is { } quoted) return quoted;

        int end = text.AsSpan(_at).IndexOfAny(';', endsAtComma ? ',' : ';');
        string value = end < 0 ? text[_at..] : text[_at..(_at + end)];
        _at += value.Length;
        return value;
    }

    private string? ReadQuoted(int from)
    {
        StringBuilder value = new();
        for (int i = from; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                int next = i + 1;
                while (next < text.Length && text[next] == ' ') next++;
                if (next < text.Length && text[next] is not (';' or ',')) return null;
                _at = next;
                return value.ToString();
            }

            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\') i++;
            value.Append(text[i]);
        }

        return null;
    }

    private void ReadHeaders(string value)
    {
        string[] lines = value.StartsWith('@') ? host.ReadText(value[1..]).Split('\n') : [value];
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line[0] != '#') _headers.Add(new(line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }
    }

    private void ReadEncoder(string encoder)
    {
        if (encoder is not ("binary" or "8bit")) throw new CommandException($"the encoder '{encoder}' is not supported: Content-Transfer-Encoding is deprecated in forms (RFC 7578 §4.7).");
        _headers.Add(new("Content-Transfer-Encoding", encoder));
    }

    // curl knows these by their endings, and nothing else (lib/mime.c).
    private static string TypeOf(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".gif" => "image/gif",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".png" => "image/png",
        ".svg" => "image/svg+xml",
        ".txt" => "text/plain",
        ".htm" or ".html" => "text/html",
        ".pdf" => "application/pdf",
        ".xml" => "application/xml",
        _ => "application/octet-stream",
    };
}
