namespace RequestsAsync.Analyzers.Tests;

/// <summary>The snippets, one file for each rule.</summary>
public static class Corpus
{
    public static IReadOnlyList<string> Rules { get; } =
        ["RQA001", "RQA002", "RQA003", "RQA004", "RQA005", "RQA006", "RQA007", "RQA008"];

    public static IReadOnlyList<Snippet> Of(string rule)
    {
        using StreamReader reader = new(typeof(Corpus).Assembly.GetManifestResourceStream(rule)!);
        return [.. Snippet.ReadAll(rule, reader.ReadToEnd())];
    }

    public static Snippet Find(string rule, string name) => Of(rule).Single(snippet => snippet.Name == name);
}
