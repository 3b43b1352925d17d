using System.Text;

namespace RequestsAsync.Testing;

/// <summary>How calls and their parts are shown in messages.</summary>
internal static class CallText
{
    private const int MaxLength = 200;

    /// <summary>A text in quotes, without control characters, and not endless.</summary>
    internal static string Quoted(string text)
    {
        StringBuilder shown = new("\"");
        foreach (char c in Cut(text))
        {
            if (char.IsControl(c)) shown.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else shown.Append(c);
        }

        return shown.Append('"').ToString();
    }

    /// <summary>The start of a text.</summary>
    internal static string Cut(string text) => text.Length <= MaxLength ? text : text[..MaxLength] + "…";

    /// <summary>A whole request: its fields, secrets left out, and the start of its content.</summary>
    internal static string Describe(MockCall call)
    {
        StringBuilder text = new();
        text.Append("  ").Append(call).Append('\n');
        foreach ((string name, string value) in call.Headers)
            text.Append("  ").Append(name).Append(": ").Append(Cut(ShownText.Field(name, value))).Append('\n');
        if (!call.Body.IsEmpty) text.Append("  ").Append(Excerpt(call)).Append('\n');
        return text.ToString();
    }

    private static string Excerpt(MockCall call) =>
        ShownText.Content(call) is { } text ? Quoted(text) : $"({call.Body.Length} bytes)";
}
