namespace RequestsAsync.Testing;

/// <summary>Whatever the test's own code wants.</summary>
/// <param name="predicate">The code.</param>
/// <param name="text">How it is written.</param>
internal sealed class PredicateRequirement(Func<MockCall, bool> predicate, string text) : IRequirement
{
    // It may look at the content.
    public bool NeedsBody => true;

    public bool IsMet(MockCall call) => predicate(call);

    public IEnumerable<Mismatch> Explain(MockCall call) => IsMet(call) ? [] : [new Mismatch(Mismatch.OfBody, $"not true: {text}")];

    public override string ToString() => $"where {text}";
}
