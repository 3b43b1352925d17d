namespace RequestsAsync.Cli;

/// <summary>One curl command of a pasted text, its options read.</summary>
/// <param name="Joint">How it follows the one before.</param>
/// <param name="Operations">What it asks for, one after another.</param>
/// <param name="Host">What surrounds it, its own input included.</param>
internal sealed record CurlCall(ShellJoint Joint, IReadOnlyList<CurlOperation> Operations, CurlHost Host);
