namespace RequestsAsync.Conformance;

/// <summary>One case, judged.</summary>
/// <param name="Id">The case's own id, or its place in the file where it has none.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Detail">For a failure what was expected and what came; for a disputed case the rule that takes it out.</param>
internal readonly record struct CaseResult(string Id, Verdict Verdict, string Detail)
{
    public static CaseResult Passed(string id) => new(id, Verdict.Passed, "");

    public static CaseResult Failed(string id, string detail) => new(id, Verdict.Failed, detail);

    public static CaseResult Disputed(string id, string reason) => new(id, Verdict.Disputed, reason);

    /// <summary>Judges by equality.</summary>
    public static CaseResult Equal<T>(string id, T expected, T actual) =>
        EqualityComparer<T>.Default.Equals(expected, actual) ? Passed(id) : Failed(id, $"expected {Show(expected)}, got {Show(actual)}");

    private static string Show<T>(T value) => value is null ? "null" : $"'{value}'";
}
