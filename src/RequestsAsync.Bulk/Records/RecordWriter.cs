using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace RequestsAsync.Bulk;

/// <summary>Writes records as JSON objects on one line each. Used by one thread at a time.</summary>
internal sealed class RecordWriter : IDisposable
{
    // Letters of every language, and the & of URLs, as they are: the output is UTF-8 and never part of a page.
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly ArrayBufferWriter<byte> _buffer = new(4 << 10);
    private readonly Utf8JsonWriter _writer;

    /// <summary>Creates one.</summary>
    public RecordWriter() => _writer = new(_buffer, Form);

    /// <summary>Writes a record.</summary>
    /// <returns>Its bytes, without the line's end. They are the caller's.</returns>
    public byte[] Write(BulkRecord record)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        WriteObject(record);
        _writer.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <summary>The name of a kind of error in records.</summary>
    public static string NameOf(BulkErrorKind kind) => kind switch
    {
        BulkErrorKind.BadInput => "bad_input",
        BulkErrorKind.Dns => "dns",
        BulkErrorKind.Connect => "connect",
        BulkErrorKind.Tls => "tls",
        BulkErrorKind.Proxy => "proxy",
        BulkErrorKind.Timeout => "timeout",
        BulkErrorKind.ConnectionLost => "connection_lost",
        BulkErrorKind.Protocol => "protocol",
        BulkErrorKind.Redirect => "redirect",
        BulkErrorKind.Robots => "robots",
        BulkErrorKind.Blocked => "blocked",
        _ => "other",
    };

    private void WriteObject(BulkRecord record)
    {
        BulkRequest request = record.Request;
        _writer.WriteStartObject();
        _writer.WriteNumber("v"u8, BulkRecord.Version);
        WriteId(request.Id);
        if (request.Line > 0) _writer.WriteNumber("line"u8, request.Line);
        _writer.WriteString("url"u8, PublicUrl.Of(request.Url));
        if (request.Method.Length > 0) _writer.WriteString("method"u8, request.Method);

        if (record.Status > 0) WriteResponse(record);
        if (record.Attempts > 0) WriteCourse(record);
        WriteRedirects(record.Redirects);
        WriteError(record.Error);
        if (record.Worker is { } worker) _writer.WriteString("worker"u8, worker);
        if (request.Meta is { } meta)
        {
            _writer.WritePropertyName("meta"u8);
            _writer.WriteRawValue(meta, skipInputValidation: true); // the input's reader has read it through
        }

        _writer.WriteEndObject();
    }

    private void WriteId(RequestId id)
    {
        Span<byte> digits = stackalloc byte[32];
        id.Value.TryFormat(digits, out _, "x32", CultureInfo.InvariantCulture);
        _writer.WriteString("id"u8, digits);
    }

    private void WriteResponse(BulkRecord record)
    {
        _writer.WriteString("final_url"u8, PublicUrl.Of(record.FinalUrl ?? record.Request.Url));
        _writer.WriteNumber("status"u8, record.Status);
        if (record.HttpVersion is { } version) _writer.WriteString("http_version"u8, version);
        if (record.Ip is { } ip) _writer.WriteString("ip"u8, ip);
        WriteHeaders(record.Headers);
        if (record.ContentType is { } type) _writer.WriteString("content_type"u8, type);
        _writer.WriteNumber("bytes"u8, record.Bytes);
        if (record.IsCut) _writer.WriteBoolean("cut"u8, true);
        if (record.Sha256 is { } hash) _writer.WriteString("sha256"u8, hash);

        if (record.Body is { } body) WriteBody(body.Span);
        if (record.BodyPath is { } path) _writer.WriteString("body_path"u8, path);
        if (record.Warc is not { } place) return;
        _writer.WriteStartObject("warc"u8);
        _writer.WriteString("file"u8, place.File);
        _writer.WriteNumber("offset"u8, place.Offset);
        _writer.WriteEndObject();
    }

    private void WriteBody(ReadOnlySpan<byte> body)
    {
        if (Utf8.IsValid(body)) _writer.WriteString("body"u8, body);
        else _writer.WriteBase64String("body_base64"u8, body);
    }

    // A name stands once: what reads the line may keep but one member of a name. Responses have few fields, so looking through them is the quickest.
    private void WriteHeaders(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        if (headers.Count == 0) return;

        _writer.WriteStartObject("headers"u8);
        for (int i = 0; i < headers.Count; i++)
        {
            (int before, int behind) = (CountOf(headers, headers[i].Key, 0, i), CountOf(headers, headers[i].Key, i + 1, headers.Count));
            if (before > 0) continue;
            WriteFieldName(headers[i].Key);
            if (behind == 0)
            {
                _writer.WriteStringValue(headers[i].Value);
                continue;
            }

            _writer.WriteStartArray();
            for (int j = i; j < headers.Count; j++)
            {
                if (IsSame(headers[j].Key, headers[i].Key)) _writer.WriteStringValue(headers[j].Value);
            }

            _writer.WriteEndArray();
        }

        _writer.WriteEndObject();
    }

    private void WriteFieldName(string name)
    {
        Span<char> lower = name.Length <= 256 ? stackalloc char[name.Length] : new char[name.Length];
        name.AsSpan().ToLowerInvariant(lower);
        _writer.WritePropertyName(lower);
    }

    private static int CountOf(IReadOnlyList<KeyValuePair<string, string>> headers, string name, int from, int to)
    {
        int count = 0;
        for (int i = from; i < to; i++)
        {
            if (IsSame(headers[i].Key, name)) count++;
        }

        return count;
    }

    private static bool IsSame(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private void WriteCourse(BulkRecord record)
    {
        _writer.WriteString("started"u8, record.Started.UtcDateTime);
        WriteMilliseconds("elapsed_ms"u8, record.Elapsed);
        if (record.Timings is { } timings)
        {
            _writer.WriteStartObject("timing"u8);
            WriteMilliseconds("queue"u8, timings.Queue);
            WriteMilliseconds("dns"u8, timings.Dns);
            WriteMilliseconds("connect"u8, timings.Connect);
            WriteMilliseconds("tls"u8, timings.Tls);
            if (timings.FirstByte is { } first) WriteMilliseconds("ttfb"u8, first);
            WriteMilliseconds("total"u8, timings.Total);
            _writer.WriteEndObject();
        }

        _writer.WriteNumber("attempts"u8, record.Attempts);
    }

    // To the microsecond, which is finer than any clock between two machines.
    private void WriteMilliseconds(ReadOnlySpan<byte> name, TimeSpan time) => _writer.WriteNumber(name, time.Ticks / TimeSpan.TicksPerMicrosecond / 1000m);

    private void WriteRedirects(IReadOnlyList<FollowedRedirect> redirects)
    {
        if (redirects.Count == 0) return;

        _writer.WriteStartArray("redirects"u8);
        foreach (FollowedRedirect redirect in redirects)
        {
            _writer.WriteStartObject();
            _writer.WriteString("url"u8, PublicUrl.Of(redirect.Url));
            _writer.WriteNumber("status"u8, redirect.Status);
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
    }

    private void WriteError(BulkError? error)
    {
        if (error is null) return;

        _writer.WriteStartObject("error"u8);
        _writer.WriteString("kind"u8, NameOf(error.Kind));
        _writer.WriteString("message"u8, error.Message);
        _writer.WriteEndObject();
    }
}
