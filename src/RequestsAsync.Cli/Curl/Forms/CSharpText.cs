using System.Globalization;
using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Values as C# writes them.</summary>
internal static class CSharpText
{
    /// <summary>A string, raw where that is easier to read.</summary>
    public static string Literal(string text)
    {
        bool isRaw = text.AsSpan().ContainsAny('"', '\\') && !text.Contains("\"\"\"", StringComparison.Ordinal)
            && text[0] != '"' && text[^1] != '"' && !text.Any(static c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\ufeff');
        return isRaw ? $"\"\"\"{text}\"\"\"" : Escaped(text);
    }

    public static string Seconds(TimeSpan time) => $"TimeSpan.FromSeconds({time.TotalSeconds.ToString(CultureInfo.InvariantCulture)})";

    private static string Escaped(string text)
    {
        StringBuilder literal = new("\"");
        foreach (char c in text)
        {
            literal.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\ufeff' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }
}
