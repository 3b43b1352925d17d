using System.Globalization;
using System.Security.Cryptography;

namespace RequestsAsync.Cli;

/// <summary>The header fields of a request as curl would send them, those by hand before those of options.</summary>
internal static class CurlFields
{
    // Made from the whole of the options, or by the transport.
    private static readonly string[] Apart = ["Cookie", "Host"];

    public static bool IsName(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<DescribedHeader> Make(
        CurlOperation operation, List<DescribedHeader> given, string url, DescribedContent? content, CurlHost host, CurlOutput output)
    {
        List<DescribedHeader> fields = [];
        int hostField = given.FindIndex(static header => IsName(header.Name, "Host") && header.Value is not null);
        if (hostField >= 0) fields.Add(given[hostField]); // of several the first counts
        fields.AddRange(given.Where(header => !Apart.Contains(header.Name, StringComparer.OrdinalIgnoreCase) && !IsFormType(header, content)).Select(header => WithBoundary(header, content)));
        AddProxyFields(operation, url, host, fields);

        Add(fields, "User-Agent", operation.UserAgent?.Trim() is { Length: > 0 } agent ? agent : null, isSet: operation.UserAgent is not null);
        Add(fields, "Referer", operation.Referer, isSet: operation.Referer is { Length: > 0 });
        AddRange(operation, host, output, fields);
        AddConditions(operation, host, fields);
        Add(fields, "Accept", "application/json", isSet: operation.IsJson);
        Add(fields, "Accept-Encoding", value: null, isSet: !operation.Compressed);
        return fields;
    }

    private static void Add(List<DescribedHeader> fields, string name, string? value, bool isSet)
    {
        if (isSet && !fields.Exists(field => IsName(field.Name, name))) fields.Add(new(name, value));
    }

    // The right one is made with the form.
    private static bool IsFormType(DescribedHeader header, DescribedContent? content) =>
        content is DescribedContent.Multipart && IsName(header.Name, "Content-Type") && header.Value?.Contains(';', StringComparison.Ordinal) != true;

    private static DescribedHeader WithBoundary(DescribedHeader header, DescribedContent? content)
    {
        bool lacksIt = content is DescribedContent.Multipart && IsName(header.Name, "Content-Type") && header.Value?.Contains("boundary=", StringComparison.OrdinalIgnoreCase) == false;
        return lacksIt ? header with { Value = $"{header.Value}; boundary={RandomNumberGenerator.GetHexString(32, lowercase: true)}" } : header;
    }

    private static void AddProxyFields(CurlOperation operation, string url, CurlHost host, List<DescribedHeader> fields)
    {
        if (operation.ProxyHeaders.Count == 0) return;
        if (!url.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
            throw new CommandException("--proxy-header is not supported for https URLs: the request for a tunnel has no other fields than its own.", "");

        foreach (DescribedHeader header in CurlHeaderLines.Read(operation.ProxyHeaders, host))
            Add(fields, header.Name, header.Value, isSet: true);
    }

    private static void AddRange(CurlOperation operation, CurlHost host, CurlOutput output, List<DescribedHeader> fields)
    {
        if (operation.Range is { } range)
        {
            bool isOffset = range.All(char.IsAsciiDigit); // curl means from there on
            Add(fields, "Range", $"bytes={range}{(isOffset ? "-" : "")}", isSet: true);
        }
        else if (OffsetOf(operation, host, output) is > 0 and long offset)
        {
            Add(fields, "Range", string.Create(CultureInfo.InvariantCulture, $"bytes={offset}-"), isSet: true);
        }
    }

    private static long OffsetOf(CurlOperation operation, CurlHost host, CurlOutput output)
    {
        if (operation.ContinueAt is null) return 0;
        if (operation.Uploads.Count > 0) throw new CommandException("-C with -T is not supported: an upload begins at the start.", "");
        if (operation.ContinueAt != "-") return long.Parse(operation.ContinueAt, CultureInfo.InvariantCulture);

        FileInfo? file = output.Path is null ? null : new(host.PathOf(output.Path));
        return file is { Exists: true } ? file.Length : 0;
    }

    private static void AddConditions(CurlOperation operation, CurlHost host, List<DescribedHeader> fields)
    {
        if (operation.EtagCompare is { } path)
        {
            string tag = File.Exists(host.PathOf(path)) ? host.ReadText(path).Trim() : "";
            Add(fields, "If-None-Match", tag.Length > 0 ? tag : "\"\"", isSet: true);
        }

        if (operation.TimeCondition is not { Length: > 0 } condition) return;

        bool isUnmodified = condition[0] == '-';
        string text = isUnmodified || condition[0] is '+' or '=' ? condition[1..] : condition;
        DateTimeOffset time = CurlDate.Parse(text)
            ?? (File.Exists(host.PathOf(text)) ? new DateTimeOffset(File.GetLastWriteTimeUtc(host.PathOf(text))) : throw new CommandException($"-z: '{text}' is neither a date nor a file."));
        Add(fields, isUnmodified ? "If-Unmodified-Since" : "If-Modified-Since", time.ToString("R", CultureInfo.InvariantCulture), isSet: true);
    }
}
