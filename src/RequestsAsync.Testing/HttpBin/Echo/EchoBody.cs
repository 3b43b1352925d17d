using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace RequestsAsync.Testing;

/// <summary>The body of a request as httpbin shows it: a form with its files, or else data.</summary>
internal sealed class EchoBody
{
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 512 };

    private readonly ReadOnlyMemory<byte> _data;

    private EchoBody(ReadOnlyMemory<byte> data, Fields form, Fields files)
    {
        _data = data;
        Form = form;
        Files = files;
    }

    internal static EchoBody None { get; } = new(default, new Fields(), new Fields());

    internal Fields Form { get; }

    internal Fields Files { get; }

    internal static async Task<EchoBody> ReadAsync(BinCall call)
    {
        ReadOnlyMemory<byte> bytes = await RequestBytes.ReadAsync(call).ConfigureAwait(false);
        if (bytes.IsEmpty || !MediaTypeHeaderValue.TryParse(call.Request.ContentType, out MediaTypeHeaderValue? type))
            return new EchoBody(bytes, None.Form, None.Files);
        if (type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return new EchoBody(default, Fields.Decode(bytes.Span), None.Files);
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return new EchoBody(bytes, None.Form, None.Files);

        var (form, files) = await MultipartForm.ParseAsync(type, bytes).ConfigureAwait(false);
        return new EchoBody(default, form, files);
    }

    internal void WriteData(Utf8JsonWriter json, string member)
    {
        if (Utf8.IsValid(_data.Span)) json.WriteString(member, _data.Span);
        else json.WriteString(member, DataUrl(_data.Span, "application/octet-stream"));
    }

    /// <summary>The body as JSON whatever type it claims to have, or null where it is none.</summary>
    internal void WriteJson(Utf8JsonWriter json, string member)
    {
        json.WritePropertyName(member);
        if (!IsJson())
        {
            json.WriteNullValue();
            return;
        }

        // As it was sent: numbers keep their digits, and an escaped half of a surrogate pair does no harm.
        json.WriteRawValue(_data.Span, skipInputValidation: true);
    }

    /// <summary>Text as it is, and anything else as a data URL (RFC 2397).</summary>
    internal static string TextOrDataUrl(ReadOnlySpan<byte> bytes, string mediaType) =>
        Utf8.IsValid(bytes) ? System.Text.Encoding.UTF8.GetString(bytes) : DataUrl(bytes, mediaType);

    private static string DataUrl(ReadOnlySpan<byte> bytes, string mediaType) => $"data:{mediaType};base64,{Convert.ToBase64String(bytes)}";

    private bool IsJson()
    {
        if (_data.IsEmpty) return false;
        try
        {
            using var document = JsonDocument.Parse(_data, JsonOptions);
            return Utf8.IsValid(_data.Span);
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
