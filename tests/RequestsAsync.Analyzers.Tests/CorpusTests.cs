using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace RequestsAsync.Analyzers.Tests;

/// <summary>Every snippet of the corpus: what is marked is found, and nothing else; what is fixed compiles and is at rest.</summary>
public sealed class CorpusTests
{
    private const int MaxRounds = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string, string>> Snippets() =>
        Corpus.Rules.SelectMany(Corpus.Of).Select(static snippet => new TheoryDataRow<string, string>(snippet.Rule, snippet.Name));

    public static IEnumerable<TheoryDataRow<string, string>> Marked() =>
        Corpus.Rules.SelectMany(Corpus.Of).Where(static snippet => !snippet.IsSilent)
            .Select(static snippet => new TheoryDataRow<string, string>(snippet.Rule, snippet.Name));

    public static IEnumerable<TheoryDataRow<string>> Rules() => Corpus.Rules.Select(static rule => new TheoryDataRow<string>(rule));

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task The_rules_find_what_is_marked(string rule, string name)
    {
        Snippet snippet = Corpus.Find(rule, name);
        using Workbench bench = new(snippet.Code, snippet.IsProgram);

        Assert.Empty(await bench.CompileAsync(Cancellation));
        string[] expected =
        [
            .. snippet.Marks.OrderBy(static mark => mark.Span.Start).ThenBy(static mark => mark.Span.End)
                .Select(mark => $"{mark.Rule} {snippet.Code.Substring(mark.Span.Start, mark.Span.Length)}"),
        ];
        Assert.Equal(expected, Describe(await bench.AnalyzeAsync(Cancellation), snippet.Code));
    }

    [Theory]
    [MemberData(nameof(Marked))]
    public async Task The_fix_leaves_nothing_to_say(string rule, string name)
    {
        Snippet snippet = Corpus.Find(rule, name);
        using Workbench bench = new(snippet.Code, snippet.IsProgram);
        string code = snippet.Code;
        for (int round = 0; round < MaxRounds && await FirstFixAsync(bench, snippet) is { } fix; round++)
            code = await bench.ApplyAsync(fix, Cancellation);

        Assert.Equal(snippet.FixedCode ?? snippet.Code, code);
        if (snippet.FixedCode is null) return;
        Assert.Empty(await bench.CompileAsync(Cancellation));
        Assert.Empty(Describe(await bench.AnalyzeAsync(Cancellation), code));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_has_twenty_snippets_and_is_silent_on_half_of_them(string rule)
    {
        IReadOnlyList<Snippet> snippets = Corpus.Of(rule);

        Assert.True(snippets.Count >= 20, $"{snippets.Count} snippets");
        Assert.True(snippets.Count(static snippet => snippet.IsSilent) * 2 >= snippets.Count, "too few that stay silent");
        Assert.Equal(snippets.Count, snippets.DistinctBy(static snippet => snippet.Name).Count());
    }

    private static async Task<CodeAction?> FirstFixAsync(Workbench bench, Snippet snippet)
    {
        foreach (Diagnostic diagnostic in await bench.AnalyzeAsync(Cancellation))
        {
            if (diagnostic.Id != snippet.Rule) continue;
            List<CodeAction> fixes = await bench.FindFixesAsync(diagnostic, Cancellation);
            if (fixes.Count >= snippet.FixNumber) return fixes[snippet.FixNumber - 1];
        }

        return null;
    }

    private static string[] Describe(ImmutableArray<Diagnostic> found, string code) =>
        [.. found.Select(diagnostic => diagnostic.Location.SourceSpan is { Length: > 0 } span
            ? $"{diagnostic.Id} {code.Substring(span.Start, span.Length)}"
            : diagnostic.ToString())];
}
