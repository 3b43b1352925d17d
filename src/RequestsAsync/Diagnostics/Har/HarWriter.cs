using System.Globalization;
using System.Text.Json;

namespace RequestsAsync;

/// <summary>Writes entries by the HTTP Archive format, version 1.2, as they are.</summary>
internal sealed class HarWriter(Utf8JsonWriter json)
{
    /// <summary>For a person to read and for a comparison line by line: the same on every system.</summary>
    public static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HarMessages _messages = new(json);

    public void Write(IEnumerable<HarExchange> entries)
    {
        json.WriteStartObject();
        json.WriteStartObject("log");
        json.WriteString("version", "1.2");
        json.WriteStartObject("creator");
        json.WriteString("name", "RequestsAsync");
        json.WriteString("version", SessionSettings.ProductVersion());
        json.WriteEndObject();
        json.WriteStartArray("entries");
        foreach (HarExchange entry in entries)
            Write(entry);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Write(HarExchange entry)
    {
        json.WriteStartObject();
        json.WriteString("startedDateTime", entry.Started.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture));
        json.WriteNumber("time", entry.Times.Sum);
        _messages.WriteRequest(entry.Request);
        _messages.WriteResponse(entry);
        json.WriteStartObject("cache");
        json.WriteEndObject();
        Write(entry.Times);
        if (entry.ServerAddress is { } address) json.WriteString("serverIPAddress", address);
        json.WriteEndObject();
    }

    private void Write(HarTimes times)
    {
        json.WriteStartObject("timings");
        json.WriteNumber("blocked", times.Blocked);
        json.WriteNumber("dns", times.Dns);
        json.WriteNumber("connect", times.Connect);
        json.WriteNumber("ssl", times.Ssl);
        json.WriteNumber("send", times.Send);
        json.WriteNumber("wait", times.Wait);
        json.WriteNumber("receive", times.Receive);
        json.WriteEndObject();
    }
}
