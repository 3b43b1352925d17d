namespace RequestsAsync.Samples.Tests;

/// <summary>The pages that users read, and the code on them.</summary>
internal static class Pages
{
    private const string Fence = "```";
    private const string CompileOnly = "<!-- compile only: ";

    /// <summary>Every C# block of the README and of the pages under docs.</summary>
    public static IReadOnlyList<CodeBlock> CSharp { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(SampleFolder.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(SampleFolder.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Prepend("README.md")
            .SelectMany(Read)
            .Where(block => block.Language == "csharp"),
    ];

    /// <summary>The blocks of one page, in their order.</summary>
    public static IEnumerable<CodeBlock> Read(string page)
    {
        string[] lines = File.ReadAllLines(Path.Combine(SampleFolder.Root, page));
        string before = "";
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                int first = i + 1;
                int end = Array.IndexOf(lines, Fence, first);
                if (end < 0) throw new FormatException($"The block at {page}:{first} has no end.");
                string code = string.Concat(lines[first..end].Select(line => line + "\n"));
                yield return new(page, first + 1, lines[i][Fence.Length..], code, !before.StartsWith(CompileOnly, StringComparison.Ordinal));
                i = end;
            }

            if (lines[i].Length > 0) before = lines[i];
        }
    }
}
