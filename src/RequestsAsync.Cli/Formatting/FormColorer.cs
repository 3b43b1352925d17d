namespace RequestsAsync.Cli;

/// <summary>Colours the names and values of a form (<c>application/x-www-form-urlencoded</c>), which stay as they are encoded.</summary>
internal static class FormColorer
{
    public static void Write(string text, ShadedText output)
    {
        ReadOnlySpan<char> form = text;
        bool isFirst = true;
        foreach (Range range in form.Split('&'))
        {
            if (!isFirst) output.Add("&", Shade.Punctuation);
            isFirst = false;
            ReadOnlySpan<char> field = form[range];
            int equals = field.IndexOf('=');
            output.Add(equals < 0 ? field : field[..equals], Shade.Name);
            if (equals >= 0) output.Add("=", Shade.Punctuation).Add(field[(equals + 1)..], Shade.Text);
        }
    }
}
