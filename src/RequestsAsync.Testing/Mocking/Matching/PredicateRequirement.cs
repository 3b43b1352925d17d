namespace RequestsAsync.Testing;

/// <summary>Whatever the test's own code wants.</summary>
/// <param name="predicate">The code.</param>
/// <param name="text">How it is written.</param>
internal sealed class PredicateRequirement(Func<MockCall, bool> predicate, string text) : IRequirement
{
    // It may look at the content.
    public bool NeedsBody => true;

    public bool IsMet(MockCall call) => predicate(call);

    public IEnumerable<Mismatch> Explain(MockCall call)
    {
        string problem = "not true";
        try
        {
            if (IsMet(call)) return [];
        }
        catch (Exception e)
        {
            problem = $"threw {e.GetType().Name}"; // it was written for other requests than this one
        }

        return [new Mismatch(Mismatch.OfBody, $"{problem}: {text}")];
    }

    public override string ToString() => $"where {text}";
}
