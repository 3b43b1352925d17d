using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RequestsAsync;

/// <summary>Marks the secrets in JSON where they stand: all other characters stay as they are. Several values in a row are JSON too, as in lines of it.</summary>
/// <param name="rules">What is secret.</param>
/// <param name="secrets">What marks a value.</param>
/// <param name="text">What marks a string that is no secret as a whole.</param>
internal sealed class HarSecretJson(HarSecretRules rules, HarSecrets secrets, HarSecretText text)
{
    private static readonly SearchValues<char> ScalarEnds = SearchValues.Create(",}] \t\r\n");

    private static readonly JsonReaderOptions Lenient = new() { AllowMultipleValues = true, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 500 };

    /// <summary>Marks as much as is JSON.</summary>
    /// <param name="json">The text.</param>
    /// <param name="rest">What follows and is none, not marked: the end of a text that was cut off, for example.</param>
    public string Mark(string json, out string rest)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        ArrayBufferWriter<byte> marked = new();
        Stack<bool> below = new([false]); // what lies below a secret name is secret too: "tokens": ["a", "b"]
        string? name = null;
        int copied = 0;
        int end = 0;
        Utf8JsonReader reader = new(utf8, isFinalBlock: false, new JsonReaderState(Lenient));
        while (TryRead(ref reader))
        {
            end = (int)reader.BytesConsumed;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = StringOf(ref reader);
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    below.Pop();
                    continue;
            }

            bool isSecret = below.Peek() || (name is not null && rules.IsMember(name, ValueOf(ref reader)));
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                below.Push(isSecret);
            }
            else if (Marked(ref reader, name, isSecret) is { } value)
            {
                marked.Write(utf8.AsSpan(copied, (int)reader.TokenStartIndex - copied));
                marked.Write(Encoding.UTF8.GetBytes(value));
                copied = end;
            }

            name = null;
        }

        marked.Write(utf8.AsSpan(copied, end - copied));
        rest = Encoding.UTF8.GetString(utf8.AsSpan(end));
        if (string.IsNullOrWhiteSpace(rest)) return Encoding.UTF8.GetString(marked.WrittenSpan);

        bool isCut = below.Peek() || (name is not null && rules.IsMember(name, ""));
        return Encoding.UTF8.GetString(marked.WrittenSpan) + (isCut ? MarkCut(ref rest, isAll: below.Peek()) : "");
    }

    // What broke off within a secret is one, however little is there.
    private static string MarkCut(ref string rest, bool isAll)
    {
        ReadOnlySpan<char> start = rest.AsSpan().TrimStart();
        bool isString = start is ['"', ..];
        int end = isAll || isString ? -1 : start.IndexOfAny(ScalarEnds);
        rest = end < 0 ? "" : start[end..].ToString();
        return isString ? $"\"{HarSecrets.Mark}" : isAll ? HarSecrets.Mark : "0";
    }

    private static bool TryRead(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static string ValueOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => StringOf(ref reader),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => "",
    };

    private static string StringOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan); // half a pair of surrogates is no string of .NET
        }
    }

    // What is to stand in the place of a value; nothing where it stays.
    private string? Marked(ref Utf8JsonReader reader, string? name, bool isSecret)
    {
        string value = ValueOf(ref reader);
        bool isTelling = name is null || rules.IsTelling(name, value);
        switch (reader.TokenType)
        {
            case JsonTokenType.String when value.Length > 0:
                string marked = isSecret ? secrets.Found(value, HarSecrets.Mark, isTelling) : Field(name, value) ?? text.Inner(value);
                return marked == value ? null : $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(marked)}\"";
            case JsonTokenType.Number when isSecret && value != "0":
                secrets.Found(value, HarSecrets.Mark, isTelling);
                return "0"; // a reader wants a number
            default:
                return null;
        }
    }

    // Of what a server got it shows the fields, too.
    private string? Field(string? name, string value) => name is not null && HarSecretRules.IsCookieField(name) && value.Contains('=', StringComparison.Ordinal) ? secrets.Field(name, value) : null;
}
