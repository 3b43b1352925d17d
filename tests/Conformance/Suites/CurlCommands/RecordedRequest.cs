using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>One request as it was on the wire, in Latin-1.</summary>
/// <param name="Head">The request line and the fields, without the blank line.</param>
/// <param name="Body">The content, still in chunks where it is chunked.</param>
internal sealed partial record RecordedRequest(string Head, string Body)
{
    public string RequestLine => Head.Split("\r\n")[0];

    public string Method => RequestLine.Split(' ')[0];

    public string Target => RequestLine.Split(' ') is [_, var target, ..] ? target : "";

    /// <summary>How many bytes the first request in this text takes; <see langword="null"/> while there is more to come.</summary>
    public static int? LengthOf(ReadOnlySpan<char> text)
    {
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return null;

        string head = text[..end].ToString();
        int body = end + 4;
        if (Field(head, "Transfer-Encoding") is not null)
        {
            int last = text[body..].IndexOf("0\r\n\r\n", StringComparison.Ordinal);
            while (last > 0 && text[body + last - 1] != '\n')
            {
                int next = text[(body + last + 1)..].IndexOf("0\r\n\r\n", StringComparison.Ordinal);
                last = next < 0 ? -1 : last + 1 + next;
            }

            return last < 0 ? null : body + last + 5;
        }

        int length = Field(head, "Content-Length") is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : 0;
        return body + length <= text.Length ? body + length : null;
    }

    /// <summary>Takes apart requests that follow one another.</summary>
    public static List<RecordedRequest> Split(string text)
    {
        List<RecordedRequest> requests = [];
        while (text.Length > 0)
        {
            int length = LengthOf(text) ?? text.Length;
            requests.Add(Parse(text[..length]));
            text = text[length..];
        }

        return requests;
    }

    public static RecordedRequest Parse(string text)
    {
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? new(text.TrimEnd(), "") : new(text[..end], text[(end + 4)..]);
    }

    /// <summary>The value of a field, or <see langword="null"/>.</summary>
    public static string? Field(string head, string name)
    {
        foreach (string line in head.Split("\r\n").Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line[..colon].Equals(name, StringComparison.OrdinalIgnoreCase)) return line[(colon + 1)..].Trim();
        }

        return null;
    }

    /// <summary>What can be compared: fields by name in lower case and in order of it, no boundary, no chunks, and without what may differ.</summary>
    /// <param name="ignored">Names of fields that do not count, in lower case.</param>
    /// <param name="stripped">Lines that do not count.</param>
    public string Comparable(IReadOnlySet<string> ignored, IReadOnlyList<Regex> stripped)
    {
        string? boundary = Boundary().Match(Field(Head, "Content-Type") ?? "") is { Success: true } match ? match.Groups["value"].Value : null;
        SortedDictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (string line in Head.Split("\r\n").Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || stripped.Any(rule => rule.IsMatch(line))) continue;

            string name = line[..colon].ToLowerInvariant();
            string value = line[(colon + 1)..].Trim();
            if (ignored.Contains(name) || IsOwn(name, value) || (name == "content-length" && (boundary is not null || value == "0"))) continue; // no length means none (RFC 9112 §6.3)
            if (name == "host") value = value.ToLowerInvariant(); // RFC 9110 §4.2.3
            if (name == "cookie") value = string.Join("; ", value.Split(';').Select(static cookie => cookie.Trim()).Order(StringComparer.Ordinal)); // no server may rely on their order (RFC 6265 §4.2.2)
            if (name.EndsWith("authorization", StringComparison.Ordinal)) value = SortedParameters(value);
            fields[name] = fields.TryGetValue(name, out string? before) ? $"{before}, {value}" : value; // RFC 9110 §5.3
        }

        string body = Field(Head, "Transfer-Encoding") is null ? Body : Unchunk(Body);
        string text = string.Join('\n', fields.Select(field => $"{field.Key}: {field.Value}").Prepend(Line())) + "\n\n" + body;
        return boundary is null ? text : text.Replace(boundary, "BOUNDARY", StringComparison.Ordinal);
    }

    // The scheme and the host in an absolute target are the same in upper and lower case.
    private string Line()
    {
        string[] words = RequestLine.Split(' ');
        int scheme = Target.IndexOf("://", StringComparison.Ordinal);
        int path = scheme < 0 || Target.StartsWith('/') ? -1 : Target.IndexOf('/', scheme + 3);
        if (path > 0) words[1] = Target[..path].ToLowerInvariant() + Target[path..];
        return string.Join(' ', words);
    }

    // What each program says of itself, where the command does not.
    private static bool IsOwn(string name, string value) => name switch
    {
        "user-agent" => value.StartsWith("curl/", StringComparison.Ordinal) || value.StartsWith("RequestsAsync/", StringComparison.Ordinal),
        "accept" => value == "*/*",
        _ => false,
    };

    // The parameters of Digest have no order, and what hangs on a nonce of the client's own is new each time.
    private static string SortedParameters(string value)
    {
        if (!value.StartsWith("Digest ", StringComparison.Ordinal)) return value;

        IEnumerable<string> parameters = value["Digest ".Length..].Split(',').Select(parameter => parameter.Trim());
        if (value.Contains("cnonce=", StringComparison.Ordinal))
            parameters = parameters.Where(parameter => !parameter.StartsWith("cnonce=", StringComparison.Ordinal) && !parameter.StartsWith("response=", StringComparison.Ordinal));
        return "Digest " + string.Join(", ", parameters.Order(StringComparer.Ordinal));
    }

    private static string Unchunk(string body)
    {
        StringBuilder content = new();
        for (int at = 0; body.IndexOf("\r\n", at, StringComparison.Ordinal) is > 0 and int end;)
        {
            int length = int.Parse(body.AsSpan(at, end - at), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0) break;
            content.Append(body, end + 2, length);
            at = end + 2 + length + 2;
        }

        return content.ToString();
    }

    [GeneratedRegex("boundary=\"?(?<value>[^\";]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Boundary();

}
