using System.Text;
using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>The tables that concern text, JSON, links, header values, content codings and multipart bodies.</summary>
internal static class ContentTables
{
    public static Dictionary<string, Func<string, JsonElement, CaseResult>> Judges { get; } = new(StringComparer.Ordinal)
    {
        ["test_encoded"] = JudgeJsonEncoding,
        ["test_guess_by_bom"] = JudgeJsonMark,
        ["test_parse_header_links"] = JudgeLinks,
        ["test_link_headers"] = JudgeLinkHeaders,
        ["test__parse_content_type_header"] = JudgeContentType,
        ["test_get_encoding_from_headers"] = JudgeHeaderEncoding,
        ["test_empty_content"] = JudgeEmptyCoding,
        ["test_decoding_errors"] = JudgeDamagedCoding,
        ["test_decode_error_with_request"] = JudgeDamagedCoding,
        ["test_value_error_without_request"] = JudgeDamagedCoding,
        ["test_pragmas"] = JudgeMarkup,
        ["test_valid"] = JudgeQuotedString,
        ["test_text_decoder_with_autodetect"] = JudgeChunkedText,
        ["test__iter__"] = JudgeLines,
        ["test_guess_content_type"] = JudgeGuess,
        ["test_format_multipart_header_param"] = JudgePartName,
        ["test_multipart_explicit_boundary"] = (id, row) => JudgeBoundary(id, row, expected: true),
        ["test_multipart_header_without_boundary"] = (id, row) => JudgeBoundary(id, row, expected: false),
        ["test_format_header_param_rfc2231_deprecated"] = (id, _) => CaseResult.Disputed(id, "RFC 7578 §4.2 forbids name* in multipart/form-data"),
    };

    private static CaseResult JudgeJsonEncoding(string id, JsonElement row)
    {
        Encoding encoding = PythonEncoding(row.GetString()!);
        byte[] json = [.. encoding.Preamble, .. encoding.GetBytes("{}")];
        return CaseResult.Equal(id, "{}", Encoding.UTF8.GetString(JsonEncodingDetector.ToUtf8(json).Span));
    }

    private static CaseResult JudgeJsonMark(string id, JsonElement row)
    {
        byte[] json = PythonEncoding(row[0].GetString()!).GetBytes("\uFEFF{}");
        string family = JsonEncodingDetector.Detect(json) is UTF32Encoding ? "utf-32" : "utf-16";
        return CaseResult.Equal(id, row[1].GetString(), family);
    }

    /// <summary>As Python writes it: with a mark only where the name leaves the byte order open, or says so.</summary>
    private static Encoding PythonEncoding(string name) => name switch
    {
        "utf-8" => new UTF8Encoding(false),
        "utf-8-sig" => new UTF8Encoding(true),
        "utf-16" => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        "utf-16-le" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        "utf-16-be" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        "utf-32" => new UTF32Encoding(bigEndian: false, byteOrderMark: true),
        "utf-32-le" => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
        "utf-32-be" => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no encoding of JSON"),
    };

    private static CaseResult JudgeLinks(string id, JsonElement row)
    {
        string header = row[0].GetString()!;
        if (HasSingleQuotes(header)) return DisputeSingleQuotes(id);

        string expected = string.Join('\n', row[1].EnumerateArray().Select(ShowLink));
        return CaseResult.Equal(id, expected, string.Join('\n', LinkParser.Parse([header]).Select(Show)));
    }

    private static CaseResult JudgeLinkHeaders(string id, JsonElement row)
    {
        string header = row[0].GetProperty("Link").GetString()!;
        if (HasSingleQuotes(header)) return DisputeSingleQuotes(id);

        IReadOnlyList<Link> links = LinkParser.Parse([header]);
        string expected = string.Join('\n', row[1].EnumerateObject().Select(member => ShowLink(member.Value)));
        string actual = string.Join('\n', row[1].EnumerateObject().SelectMany(member => links.Where(link => link.HasRelation(member.Name))).Select(Show));
        return CaseResult.Equal(id, expected, actual);
    }

    private static bool HasSingleQuotes(string header) => header.Contains("='", StringComparison.Ordinal);

    private static CaseResult DisputeSingleQuotes(string id) => CaseResult.Disputed(id, "a single quote is part of a token (RFC 9110 §5.6.2), it quotes nothing");

    private static string Show(Link link) =>
        Show(link.Parameters.Select(parameter => (parameter.Key, parameter.Value)).Append(("url", link.Url)));

    private static string ShowLink(JsonElement link) => Show(link.EnumerateObject().Select(member => (member.Name, member.Value.GetString()!)));

    private static string Show(IEnumerable<(string Name, string Value)> members) =>
        string.Join("; ", members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}={member.Value}"));

    private static CaseResult JudgeContentType(string id, JsonElement row)
    {
        string header = row[0].GetString()!;
        if (HasSingleQuotes(header) || header.Contains("; '", StringComparison.Ordinal)) return DisputeSingleQuotes(id);
        if (header.Contains(" =", StringComparison.Ordinal)) return CaseResult.Disputed(id, "white space before '=' makes a parameter invalid in WHATWG MIME Sniffing");

        MediaType? parsed = MediaType.Parse(header);
        string expected = row[1][0].GetString() + " " + ShowLink(row[1][1]);
        return CaseResult.Equal(id, expected, parsed?.Essence + " " + Show((parsed?.Parameters ?? []).Select(parameter => (parameter.Key, parameter.Value))));
    }

    private static CaseResult JudgeHeaderEncoding(string id, JsonElement row)
    {
        // The headers are a Python literal: {'content-type': 'text/html'}.
        string[] pieces = row[0].ToString().Split('\'', '"');
        int name = Array.FindIndex(pieces, piece => piece.Equals("content-type", StringComparison.OrdinalIgnoreCase));
        string? contentType = name >= 0 && name + 2 < pieces.Length ? pieces[name + 2] : null;
        string? charset = MediaType.Extract(contentType)?.Charset;
        string? expected = row[1].GetString();
        if (charset is null && expected is not null) return CaseResult.Disputed(id, "text without a charset is not ISO-8859-1 here");

        return CaseResult.Equal(id, expected, charset);
    }

    private static CaseResult JudgeMarkup(string id, JsonElement row)
    {
        string document = row.GetString()!;
        Encoding chosen = TextDecoder.Choose(Encoding.ASCII.GetBytes(document), "text/html", Encoding.Latin1);
        return CaseResult.Equal(id, "utf-8", chosen.WebName);
    }

    private static CaseResult JudgeQuotedString(string id, JsonElement row)
    {
        string? value = row[0].GetString();
        if (value is null) return CaseResult.Disputed(id, "there is no value to read");
        if (value.StartsWith("\"\\\\", StringComparison.Ordinal)) return CaseResult.Disputed(id, "in a quoted string a backslash escapes, also in a UNC path (RFC 9110 §5.6.4)");

        return CaseResult.Equal(id, row[1].GetString(), ContentDisposition.Parse($"attachment; value={value}")?.Parameters["value"]);
    }

    private static CaseResult JudgeChunkedText(string id, JsonElement row)
    {
        string label = row[1].GetString()!;
        if (label is not ("ascii" or "utf-8")) return CaseResult.Disputed(id, "encodings are not guessed by statistics");

        byte[][] chunks = [.. row[0].EnumerateArray().Select(Bytes)];
        CharBuffer text = new();
        TextDecoder decoder = new("text/plain", defaultEncoding: null);
        foreach (byte[] chunk in chunks)
            decoder.Decode(chunk, isLast: false, text);
        decoder.Decode([], isLast: true, text);
        return CaseResult.Equal(id, Encoding.UTF8.GetString([.. chunks.SelectMany(chunk => chunk)]), text.Unread.ToString());
    }

    private static CaseResult JudgeLines(string id, JsonElement row)
    {
        byte[] payload = Bytes(row[0]);
        if (payload.Contains((byte)'\r')) return CaseResult.Disputed(id, "a carriage return ends a line too");

        LineDecoder decoder = new(new TextDecoder("text/plain", defaultEncoding: null));
        decoder.Append(payload);
        decoder.Flush();
        List<string> lines = [];
        while (decoder.TryReadLine(out string? line))
            lines.Add(line);
        string expected = string.Join('|', row[1].EnumerateArray().Select(line => Encoding.Latin1.GetString(Bytes(line)).TrimEnd('\n')));
        return CaseResult.Equal(id, expected, string.Join('|', lines));
    }

    private static CaseResult JudgeEmptyCoding(string id, JsonElement row) =>
        CaseResult.Equal(id, 0, Decode(PythonValue.Text(row), []).Length);

    private static CaseResult JudgeDamagedCoding(string id, JsonElement row)
    {
        string coding = PythonValue.Text(row);
        if (!ContentDecoding.Supported.Split(", ").Contains(coding)) return CaseResult.Disputed(id, $"{coding} is not decoded, and not asked for");

        try
        {
            byte[] decoded = Decode(coding, [.. Enumerable.Repeat((byte)0xFF, 16)]);
            return CaseResult.Failed(id, $"damaged data was decoded to {decoded.Length} bytes");
        }
        catch (DecodingException)
        {
            return CaseResult.Passed(id);
        }
    }

    private static byte[] Decode(string coding, byte[] data)
    {
        using ByteArrayContent content = new(data);
        content.Headers.ContentEncoding.Add(coding);
        using Stream stream = ContentDecoding.Decode(new MemoryStream(data), content);
        using MemoryStream decoded = new();
        stream.CopyTo(decoded);
        return decoded.ToArray();
    }

    private static CaseResult JudgeGuess(string id, JsonElement row)
    {
        string guess = MimeTypeGuesser.Guess(row[0].GetString());
        return row[1].EnumerateArray().Any(type => type.GetString() == guess) ? CaseResult.Passed(id) : CaseResult.Failed(id, $"guessed {guess}");
    }

    private static CaseResult JudgePartName(string id, JsonElement row)
    {
        string name = row[0].ValueKind == JsonValueKind.Object ? Encoding.UTF8.GetString(Bytes(row[0])) : row[0].GetString()!;
        MultipartWriter writer = new("b", [new MultipartPart(name)]);
        string expected = $"--b\r\nContent-Disposition: form-data; name=\"{row[1].GetString()}\"\r\n\r\n";
        return CaseResult.Equal(id, expected, Encoding.UTF8.GetString(writer.HeaderOf(0).Span));
    }

    private static CaseResult JudgeBoundary(string id, JsonElement row, bool expected)
    {
        string? boundary = MediaType.Parse(row.ValueKind == JsonValueKind.Array ? row[0].GetString() : row.GetString())?.Parameter("boundary");
        return CaseResult.Equal(id, expected, !string.IsNullOrEmpty(boundary));
    }

    private static byte[] Bytes(JsonElement value) => Encoding.Latin1.GetBytes(value.GetProperty("bytes_latin1").GetString()!);
}
