namespace RequestsAsync.Conformance;

/// <summary>What became of one case of a suite.</summary>
internal enum Verdict
{
    /// <summary>The library does what the case asks.</summary>
    Passed,

    /// <summary>It does not, and should.</summary>
    Failed,

    /// <summary>The case contradicts this library's written behaviour, or concerns something it does not have; the detail says which. It counts neither way.</summary>
    Disputed,
}
