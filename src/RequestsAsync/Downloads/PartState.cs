using System.Buffers;
using System.Text.Json;

namespace RequestsAsync;

/// <summary>What the side file of an unfinished download says.</summary>
internal sealed record PartState
{
    private const int Version = 1;
    private const int MaxBytes = 1 << 20;

    /// <summary>The hash of the URL: with its query it may be a secret.</summary>
    public required string Source { get; init; }

    /// <summary>What the bytes belong to; <see langword="null"/> when the server gave nothing for that.</summary>
    public required FileValidator? Validator { get; init; }

    /// <summary>How long the file will be, where that is known.</summary>
    public required long? Length { get; init; }

    /// <summary>The bytes that are on disk.</summary>
    public required IReadOnlyList<ByteRange> Done { get; init; }

    public byte[] Write()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("urlSha256", Source);
            if (Validator is not null) json.WriteString(Validator.Field, Validator.Value);
            if (Length is { } length) json.WriteNumber("length", length);
            json.WriteStartArray("done");
            foreach (ByteRange range in Done)
            {
                json.WriteNumberValue(range.Start);
                json.WriteNumberValue(range.End);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a side file; <see langword="null"/> for one that is torn, of another version, or says what cannot be.</summary>
    public static PartState? Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length > MaxBytes) return null;

        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static PartState? Read(JsonElement json)
    {
        if (json.GetProperty("version").GetInt32() != Version) return null;

        FileValidator? validator = null;
        foreach (string field in (ReadOnlySpan<string>)["ETag", "Last-Modified"])
        {
            if (!json.TryGetProperty(field, out JsonElement value)) continue;
            if (value.GetString() is not { } text || !FileValidator.IsValid(field, text)) return null;
            validator = new(field, text);
        }

        long? length = json.TryGetProperty("length", out JsonElement number) ? number.GetInt64() : null;
        ByteRanges done = new();
        JsonElement ends = json.GetProperty("done");
        for (int i = 0; i + 1 < ends.GetArrayLength(); i += 2)
        {
            ByteRange range = new(ends[i].GetInt64(), ends[i + 1].GetInt64());
            if (range.Start < 0 || range.Length <= 0 || range.End > (length ?? ByteRange.Unknown - 1)) return null;
            done.Add(range);
        }

        return json.GetProperty("urlSha256").GetString() is { } source ? new() { Source = source, Validator = validator, Length = length, Done = done.Items } : null;
    }
}
