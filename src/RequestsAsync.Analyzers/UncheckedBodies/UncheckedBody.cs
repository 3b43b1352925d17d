using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Recognises a response that is used as if it could only be a good one.</summary>
internal static class UncheckedBody
{
    /// <summary>Whether an operation reads the body of a response.</summary>
    public static bool Reads(IOperation operation, Library library) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: "Text" or "Content" } property } => Library.Same(property.ContainingType, library.Response),
        IInvocationOperation { TargetMethod: { Name: "Json" } method } => Library.Same(method.ContainingType, library.Response),
        _ => false,
    };

    /// <summary>The call whose body an operation reads with nothing in between, so that nobody has seen the status.</summary>
    public static IInvocationOperation? Verb(IOperation operation, Library library)
    {
        if (!Reads(operation, library)) return null;
        IOperation? response = operation is IInvocationOperation json ? json.Instance : ((IPropertyReferenceOperation)operation).Instance;
        return response is not null && Values.Inward(response) is IInvocationOperation call && library.IsVerb(call.TargetMethod) ? call : null;
    }

    /// <summary>The outcome that an operation takes the response of, although nobody has asked whether there is one.</summary>
    public static ISymbol? Outcome(IOperation operation, Library library)
    {
        if (operation is not IPropertyReferenceOperation { Property.Name: "Response", Instance: { } outcome } reference
            || !Library.Same(reference.Property.ContainingType, library.Outcome)
            || !IsUsed(reference)
            || Symbol(outcome) is not { } symbol)
            return null;

        // A filter in front of the lambda, as in outcomes.Where(o => o.Succeeded).Select(o => o.Response), speaks of another parameter.
        IOperation scope = symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } }
            ? Statement(operation)
            : Values.Root(operation);
        foreach (IOperation other in scope.DescendantsAndSelf())
            if (IsLook(other, library) && (scope.Parent is not null || Library.Same(Symbol(Instance(other)), symbol))) return null;
        return symbol;
    }

    // o.Response.Text, but neither o.Response?.Text nor o.Response is null.
    private static bool IsUsed(IOperation response) => Values.Outward(response) is var value && value.Parent switch
    {
        IMemberReferenceOperation member => member.Instance == value,
        IInvocationOperation call => call.Instance == value,
        _ => false,
    };

    private static bool IsLook(IOperation operation, Library library) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: "Succeeded" or "Error" } property } => Library.Same(property.ContainingType, library.Outcome),
        IPropertyReferenceOperation { Property: { Name: "Response" } property } reference =>
            Library.Same(property.ContainingType, library.Outcome) && !IsUsed(reference),
        IInvocationOperation { TargetMethod: { Name: "GetResponse" } method } => Library.Same(method.ContainingType, library.Outcome),
        _ => false,
    };

    private static IOperation? Instance(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput } part } => Matched(part),
        IPropertyReferenceOperation property => property.Instance,
        IInvocationOperation call => call.Instance,
        _ => null,
    };

    // The value that a property pattern asks: o is { Succeeded: true }.
    private static IOperation? Matched(IOperation part)
    {
        for (IOperation? outer = part.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IIsPatternOperation match) return match.Value;
            if (outer is ISwitchExpressionOperation choice) return choice.Value;
            if (outer is ISwitchOperation cases) return cases.Value;
        }

        return null;
    }

    private static IOperation Statement(IOperation operation)
    {
        IOperation outermost = operation;
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IBlockOperation { Parent: not IAnonymousFunctionOperation }) return outermost;
            outermost = outer;
        }

        return outermost;
    }

    private static ISymbol? Symbol(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}
