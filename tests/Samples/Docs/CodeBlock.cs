namespace RequestsAsync.Samples.Tests;

/// <summary>A fenced block of code on a page.</summary>
/// <param name="Page">The page, as a path from the root of the checkout.</param>
/// <param name="Line">The line of its first line of code, from 1.</param>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Code">What stands between the fences.</param>
/// <param name="IsRun">Whether it may be run; a comment <c>&lt;!-- compile only: why --&gt;</c> before the fence says no.</param>
internal sealed record CodeBlock(string Page, int Line, string Language, string Code, bool IsRun)
{
    /// <summary>Where it is, for those who look for it.</summary>
    public override string ToString() => $"{Page}:{Line}";
}
