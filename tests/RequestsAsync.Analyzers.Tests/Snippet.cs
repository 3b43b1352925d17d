using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace RequestsAsync.Analyzers.Tests;

/// <summary>One piece of code of the corpus, what the rules say of it, and what the fix makes of it.</summary>
public sealed partial class Snippet
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using RequestsAsync;

        """;

    private const string ClassHead = """
        public sealed class Code
        {
            private const string Url = "http://127.0.0.1/";
            private readonly Session _session = new();
            private readonly List<string> _urls = ["/a", "/b"];
            private Response? _kept;

        """;

    private Snippet(string rule, string name, string code, string? fixedCode, int fixNumber)
    {
        Rule = rule;
        Name = name;
        IsProgram = name.EndsWith("(program)", StringComparison.Ordinal);
        (Code, Marks) = ReadMarks(Whole(code));
        FixedCode = fixedCode is null ? null : Whole(fixedCode);
        FixNumber = fixNumber;
    }

    /// <summary>The rule that the snippet is about.</summary>
    public string Rule { get; }

    public string Name { get; }

    /// <summary>Whether it is a program of top-level statements, not members of a class.</summary>
    public bool IsProgram { get; }

    /// <summary>The whole file.</summary>
    public string Code { get; }

    /// <summary>The diagnostics that are expected, by place.</summary>
    public IReadOnlyList<(string Rule, TextSpan Span)> Marks { get; }

    /// <summary>The whole file after the fix, or <see langword="null"/> where none is to be offered.</summary>
    public string? FixedCode { get; }

    /// <summary>Which of the fixes that are offered it is, from 1.</summary>
    public int FixNumber { get; }

    public bool IsSilent => Marks.Count == 0;

    public override string ToString() => $"{Rule}: {Name}";

    /// <summary>Reads the snippets of a file: <c>=== name</c>, the code, and either <c>--- fixed</c> with code or <c>--- no fix</c>.</summary>
    public static IEnumerable<Snippet> ReadAll(string rule, string text)
    {
        foreach (string part in text.ReplaceLineEndings("\n").Split("\n=== ").Skip(1))
        {
            int end = part.IndexOf('\n', StringComparison.Ordinal);
            Match parting = Parting().Match(part);
            string code = part[(end + 1)..(parting.Success ? parting.Index : part.Length)];
            string? fixedCode = parting.Groups["number"].Success ? part[(parting.Index + parting.Length)..] : null;
            int number = parting.Groups["number"].ValueSpan is { Length: > 0 } digits ? int.Parse(digits, provider: null) : 1;
            Snippet snippet = new(rule, part[..end].Trim(), code.Trim('\n'), fixedCode?.Trim('\n'), number);
            if (snippet.IsSilent == parting.Success) throw new FormatException($"{snippet}: say what is marked and whether it can be fixed.");
            yield return snippet;
        }
    }

    private string Whole(string code)
    {
        if (IsProgram) return $"{Usings}\n{code}\n";
        string members = string.Join('\n', code.Split('\n').Select(line => line.Length == 0 ? line : "    " + line));
        return $"{Usings}\n{ClassHead}\n{members}\n}}\n";
    }

    private static (string Code, List<(string Rule, TextSpan Span)> Marks) ReadMarks(string marked, string rule)
    {
        StringBuilder code = new();
        Stack<(string Rule, int Start)> open = [];
        List<(string Rule, TextSpan Span)> marks = [];
        int last = 0;
        foreach (Match mark in Mark().Matches(marked))
        {
            code.Append(marked, last, mark.Index - last);
            last = mark.Index + mark.Length;
            if (mark.Value != "|]")
                open.Push((mark.Groups["rule"].Value is { Length: > 0 } other ? other : rule, code.Length));
            else if (open.TryPop(out (string Rule, int Start) begun))
                marks.Add((begun.Rule, TextSpan.FromBounds(begun.Start, code.Length)));
        }

        code.Append(marked, last, marked.Length - last);
        return (code.ToString(), marks);
    }

    private (string Code, List<(string Rule, TextSpan Span)> Marks) ReadMarks(string marked) => ReadMarks(marked, Rule);

    [GeneratedRegex(@"\[(?<rule>RQA\d{3})?\||\|\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"^--- (no fix|fixed ?(?<number>\d?)) *\n?", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parting();
}
