using System.Text;
using System.Text.Json;

namespace RequestsAsync.Bulk;

/// <summary>
/// Makes the request that a JSON object on one line describes: <c>{"url":"…","method":"POST","headers":{"X-A":"1","X-B":["1","2"]},"body":…,"meta":…}</c>.
/// </summary>
/// <remarks>
/// A <c>body</c> that is a string is sent as it is, <c>body_base64</c> holds bytes, and any other value of <c>body</c> is sent as JSON with its media type. A member of
/// another name is an error: a misspelt one would be a request that nobody meant.
/// </remarks>
internal static class JsonRequestLine
{
    /// <summary>The request of a line; one with a <see cref="BulkRequest.Problem"/> if it is none.</summary>
    public static BulkRequest Parse(ReadOnlySpan<byte> line, long number)
    {
        try
        {
            Utf8JsonReader reader = new(line, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new FormatException("The line is no JSON object.");

            Members members = default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) members.Read(ref reader, line);
            if (reader.Read()) throw new FormatException("There is something behind the JSON object.");
            return Make(members, line, number);
        }
        catch (System.Text.Json.JsonException)
        {
            return RequestLine.Bad("The line is not valid JSON.", line, number);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            // InvalidOperationException: a string with half of a surrogate pair.
            return RequestLine.Bad(e is FormatException ? e.Message : "The line has a text that is not valid Unicode.", line, number);
        }
    }

    private static BulkRequest Make(in Members members, ReadOnlySpan<byte> line, long number)
    {
        if (members.Url is not { } url) throw new FormatException("The member \"url\" is missing.");
        string method = members.Method ?? (members.Content is null ? "GET" : "POST");

        BulkRequest request = RequestLine.Make(method, url, line, number);
        if (request.Problem is not null) return request with { Meta = members.Meta };

        ReadOnlyMemory<byte> content = members.Content ?? default(ReadOnlyMemory<byte>);
        return request with
        {
            Id = content.IsEmpty ? request.Id : RequestId.Of(method, request.Url, content.Span),
            Headers = WithMediaType(members) ?? request.Headers,
            Content = content,
            Meta = members.Meta,
        };
    }

    private static List<KeyValuePair<string, string>>? WithMediaType(in Members members)
    {
        List<KeyValuePair<string, string>>? headers = members.Headers;
        if (members.IsJson && headers?.Exists(static field => field.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) != true)
            (headers ??= []).Add(new("Content-Type", "application/json"));
        return headers;
    }

    private static string Text(ref Utf8JsonReader reader, string name) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new FormatException($"The member \"{name}\" is no string.");

    private static string TokenOf(ref Utf8JsonReader reader)
    {
        string method = Text(ref reader, "method");
        try
        {
            return MethodNames.Parse(method).Method;
        }
        catch (InvalidRequestException e)
        {
            throw new FormatException($"The member \"method\" is no method: {e.Message}", e);
        }
    }

    private struct Members
    {
        public string? Url;
        public string? Method;
        public List<KeyValuePair<string, string>>? Headers;
        public byte[]? Content;
        public bool IsJson;
        public string? Meta;

        public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "url":
                    Url = Text(ref reader, name).Trim();
                    break;
                case "method":
                    Method = TokenOf(ref reader);
                    break;
                case "headers":
                    ReadHeaders(ref reader);
                    break;
                case "body" or "body_base64" when Content is not null:
                    throw new FormatException("There are two bodies: \"body\" and \"body_base64\" exclude each other.");
                case "body":
                    ReadBody(ref reader, line);
                    break;
                case "body_base64":
                    Content = reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out byte[]? bytes) ? bytes
                        : throw new FormatException("The member \"body_base64\" is not base64.");
                    break;
                case "meta":
                    Meta = Raw(ref reader, line) is var raw && raw.SequenceEqual("null"u8) ? null : Encoding.UTF8.GetString(raw);
                    break;
                default:
                    throw new FormatException($"The member \"{name}\" is not known: a line has url, method, headers, body, body_base64 and meta; what else the results are to tell belongs into meta.");
            }
        }

        private void ReadBody(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
        {
            if (reader.TokenType == JsonTokenType.Null) return;
            IsJson = reader.TokenType != JsonTokenType.String;
            Content = IsJson ? Raw(ref reader, line).ToArray() : Encoding.UTF8.GetBytes(reader.GetString()!);
        }

        private void ReadHeaders(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) throw new FormatException("The member \"headers\" is no object.");
            Headers ??= [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string field = reader.GetString()!;
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartArray)
                {
                    Headers.Add(new(field, Text(ref reader, "headers." + field)));
                    continue;
                }

                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Headers.Add(new(field, Text(ref reader, "headers." + field)));
            }
        }

        private static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            return line[start..(int)reader.BytesConsumed];
        }
    }
}
