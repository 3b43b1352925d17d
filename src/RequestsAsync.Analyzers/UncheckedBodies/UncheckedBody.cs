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

        foreach (IOperation other in Values.Root(operation).Descendants())
            if (IsLook(other, symbol, library)) return null;
        return symbol;
    }

    // A filter, as in outcomes.Where(o => o.Succeeded), speaks of a parameter of its own, and for all of them.
    private static bool IsLook(IOperation operation, ISymbol outcome, Library library) => operation switch
    {
        IArgumentOperation argument => Library.Same(Symbol(argument.Value), outcome),
        IMethodReferenceOperation { Method.Parameters: { Length: 1 } parameters } => Library.Same(parameters[0].Type, library.Outcome),
        _ => Asks(operation, library) && Symbol(Instance(operation)) is var asked && (Library.Same(asked, outcome) || IsOfLambda(asked)),
    };

    private static bool IsOfLambda(ISymbol? symbol) =>
        symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } };

    // o.Response.Text, but neither o.Response?.Text nor o.Response is null.
    private static bool IsUsed(IOperation response) => Values.Outward(response) is var value && value.Parent switch
    {
        IMemberReferenceOperation member => member.Instance == value,
        IInvocationOperation call => call.Instance == value,
        _ => false,
    };

    private static bool Asks(IOperation operation, Library library) => operation switch
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

    private static ISymbol? Symbol(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}
