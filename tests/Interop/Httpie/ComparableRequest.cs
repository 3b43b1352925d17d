using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RequestsAsync.Interop;

/// <summary>A request without what differs between two programs whatever they are told: their names, their codings, a boundary at random, spaces in JSON.</summary>
internal static partial class ComparableRequest
{
    private static readonly string[] Ignored = ["user-agent", "accept-encoding", "connection", "host"];

    /// <summary>The request as lines: the request line, the fields by name, and the body.</summary>
    public static string Describe(byte[] bytes)
    {
        int end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        string[] head = Encoding.UTF8.GetString(bytes, 0, end).Split("\r\n");
        string body = Encoding.UTF8.GetString(bytes, end + 4, bytes.Length - end - 4);
        SortedDictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (string line in head.Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string name = line[..colon].ToLowerInvariant();
            string value = line[(colon + 1)..].Trim();
            if (!Ignored.Contains(name)) fields[name] = fields.TryGetValue(name, out string? before) ? $"{before}, {value}" : value; // RFC 9110 §5.3
        }

        if (fields.ContainsKey("transfer-encoding")) body = Join(body);
        if (body.Length > 0) fields.Remove("content-length"); // JSON has spaces or not
        if (fields.TryGetValue("content-type", out string? type) && Boundary().Match(type) is { Success: true } boundary)
        {
            string mark = boundary.Groups["mark"].Value;
            body = body.Replace(mark, "BOUNDARY", StringComparison.Ordinal);
            fields["content-type"] = type.Replace(mark, "BOUNDARY", StringComparison.Ordinal);
        }

        return string.Join('\n', [head[0], .. fields.Select(static field => $"{field.Key}: {field.Value}"), "", Canonical(body)]);
    }

    private static string Canonical(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return JsonSerializer.Serialize(document.RootElement);
        }
        catch (System.Text.Json.JsonException)
        {
            return body;
        }
    }

    private static string Join(string chunks)
    {
        StringBuilder joined = new();
        while (chunks.IndexOf("\r\n", StringComparison.Ordinal) is > 0 and int line)
        {
            int length = int.Parse(chunks.AsSpan(0, line), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            joined.Append(chunks, line + 2, length);
            chunks = chunks[(line + 2 + length + 2)..];
        }

        return joined.ToString();
    }

    [GeneratedRegex("boundary=\"?(?<mark>[^\";]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Boundary();
}
