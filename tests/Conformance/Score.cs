using System.Globalization;
using System.Text;

namespace RequestsAsync.Conformance;

/// <summary>What became of a suite's cases.</summary>
internal sealed class Score
{
    private readonly Suite _suite;
    private readonly bool _isWhole;
    private readonly List<CaseResult> _failed;
    private readonly List<CaseResult> _disputed;

    /// <param name="suite">The suite.</param>
    /// <param name="results">Its cases, judged.</param>
    /// <param name="isWhole">False if an exception ended the suite before its last case.</param>
    public Score(Suite suite, IReadOnlyCollection<CaseResult> results, bool isWhole)
    {
        _isWhole = isWhole;
        _suite = suite;
        _failed = [.. results.Where(result => result.Verdict == Verdict.Failed)];
        _disputed = [.. results.Where(result => result.Verdict == Verdict.Disputed)];
        Passed = results.Count - _failed.Count - _disputed.Count;
    }

    public int Passed { get; }

    public int Total => Passed + _failed.Count;

    public bool IsEnough => _isWhole && Passed >= Total * _suite.Required;

    public string Line => string.Create(CultureInfo.InvariantCulture, $"conformance {_suite.Name} {Passed}/{Total}");

    /// <summary>The line, the failures, and what was left out by which rule.</summary>
    public string Report()
    {
        StringBuilder text = new();
        text.AppendLine(Line);
        foreach (CaseResult result in _failed)
            text.AppendLine(CultureInfo.InvariantCulture, $"  failed {Printable(result.Id)}: {Printable(result.Detail)}");
        foreach (IGrouping<string, CaseResult> reason in _disputed.GroupBy(result => result.Detail, StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"  disputed ({Printable(reason.Key)}): {string.Join(", ", reason.Select(result => Printable(result.Id)))}");
        return text.ToString();
    }

    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
