using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RequestsAsync.Testing;

/// <summary>Shows a request as JSON. Members are sorted, as httpbin's are.</summary>
internal static class EchoJson
{
    private static readonly JsonWriterOptions Pretty = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions OneLine = Pretty with { Indented = false };

    /// <summary>An indented object, and a line feed.</summary>
    internal static ReadOnlyMemory<byte> Document(Action<Utf8JsonWriter> writeMembers) => Write(Pretty, writeMembers);

    /// <summary>An object on one line, and a line feed.</summary>
    internal static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> writeMembers) => Write(OneLine, writeMembers);

    internal static void WriteRequest(Utf8JsonWriter json, BinCall call, EchoBody body, EchoParts parts)
    {
        if (parts.HasFlag(EchoParts.Args)) call.Args.Write(json, "args");
        if (parts.HasFlag(EchoParts.Body))
        {
            body.WriteData(json, "data");
            body.Files.Write(json, "files");
            body.Form.Write(json, "form");
        }

        if (parts.HasFlag(EchoParts.Headers)) EchoHeaders.Write(json, "headers", call);
        if (parts.HasFlag(EchoParts.Json)) body.WriteJson(json, "json");
        if (parts.HasFlag(EchoParts.Method)) json.WriteString("method", call.Request.Method);
        if (parts.HasFlag(EchoParts.Origin)) json.WriteString("origin", EchoHeaders.Origin(call));
        if (parts.HasFlag(EchoParts.Url)) json.WriteString("url", EchoHeaders.Url(call));
    }

    private static ReadOnlyMemory<byte> Write(JsonWriterOptions options, Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
