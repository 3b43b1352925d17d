using System.Globalization;
using System.Net;
using System.Text.Json;

namespace RequestsAsync;

/// <summary>Writes entries by the HTTP Archive format, version 1.2.</summary>
internal sealed class HarWriter(Utf8JsonWriter json, HarOptions options)
{
    private readonly HarMessages _messages = new(json, options);

    public void Write(IEnumerable<HarEntry> entries)
    {
        json.WriteStartObject();
        json.WriteStartObject("log");
        json.WriteString("version", "1.2");
        json.WriteStartObject("creator");
        json.WriteString("name", "RequestsAsync");
        json.WriteString("version", SessionSettings.ProductVersion());
        json.WriteEndObject();
        json.WriteStartArray("entries");
        foreach (HarEntry entry in entries)
            Write(entry);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Write(HarEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("startedDateTime", entry.Started.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture));
        if (entry is HarEntry.Answered { Response: var response }) WriteAnswered(response);
        else if (entry is HarEntry.Failed failed) WriteFailed(failed);
        json.WriteEndObject();
    }

    private void WriteAnswered(Response response)
    {
        HarTimes times = HarTimes.Of(response.Timings);
        json.WriteNumber("time", times.Sum);
        _messages.WriteRequest(HarRequest.Of(response));
        _messages.WriteResponse(response);
        json.WriteStartObject("cache");
        json.WriteEndObject();
        Write(times);
        if (response.RemoteEndPoint is IPEndPoint remote) json.WriteString("serverIPAddress", remote.Address.ToString());
    }

    private void WriteFailed(HarEntry.Failed failed)
    {
        HarTimes times = new(-1, -1, -1, -1, 0, failed.Elapsed.TotalMilliseconds, 0);
        json.WriteNumber("time", times.Sum);
        _messages.WriteRequest(HarRequest.Of(failed.Request));
        _messages.WriteNoResponse(failed.Error);
        json.WriteStartObject("cache");
        json.WriteEndObject();
        Write(times);
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
