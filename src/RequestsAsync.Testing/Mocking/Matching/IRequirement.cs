namespace RequestsAsync.Testing;

/// <summary>Something that a request must have to be a route's.</summary>
internal interface IRequirement
{
    /// <summary>Whether the content has to be here before it can be judged.</summary>
    bool NeedsBody { get; }

    /// <summary>Whether the request has it.</summary>
    bool IsMet(MockCall call);

    /// <summary>What of it the request does not have.</summary>
    IEnumerable<Mismatch> Explain(MockCall call);
}
