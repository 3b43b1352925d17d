using System.Text;
using System.Text.Json;
using RequestsAsync.Conformance.Suites;

namespace RequestsAsync.Conformance;

/// <summary>Reads the values of Python's literals as the tables hold them.</summary>
internal static class PythonValue
{
    /// <summary>Whether the value is, or holds, an expression that only Python could evaluate.</summary>
    public static bool IsExpression(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => UrlData.Text(value).Contains("<py> ", StringComparison.Ordinal),
        JsonValueKind.Array => value.EnumerateArray().Any(IsExpression),
        _ => false,
    };

    /// <summary>The text of a string, or of bytes in UTF-8.</summary>
    public static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(value.GetProperty("bytes_latin1").GetString()!)),
        JsonValueKind.String => UrlData.Text(value),
        JsonValueKind.Null => "",
        _ => value.ToString(),
    };
}
