using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Finds out what becomes of values. Whatever it does not know counts as handed on, so that the rules stay silent.</summary>
internal static class Fates
{
    private const int MaxLocals = 8;

    /// <summary>What becomes of the value of an expression.</summary>
    public static Fate Of(IOperation value) => Of(value, depth: 0);

    private static Fate Of(IOperation value, int depth)
    {
        value = Values.Outward(value);
        if (Values.Declarator(value) is { } declarator)
            return OfLocal(declarator.Symbol, value, depth) | (Values.IsUsingDeclared(declarator) ? Fate.Disposed : Fate.None);

        return value.Parent switch
        {
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when assignment.Value == value =>
                OfLocal(target.Local, value, depth) | (assignment.Parent is IExpressionStatementOperation ? Fate.None : Fate.HandedOn),
            ISimpleAssignmentOperation { Target: IDiscardOperation } or IExpressionStatementOperation => Fate.None,
            ISimpleAssignmentOperation assignment when assignment.Target == value => Fate.None,
            IUsingOperation => Fate.Disposed,
            IInvocationOperation call when call.Instance == value => call.TargetMethod.Name switch
            {
                "Dispose" or "DisposeAsync" => Fate.Disposed,
                "OpenStream" => Fate.HandedOn, // whoever disposes the stream disposes the response
                _ => Fate.Used,
            },
            // Registered somewhere, to be called in the end.
            IMethodReferenceOperation { Method.Name: "Dispose" or "DisposeAsync" } => Fate.Disposed,
            IMemberReferenceOperation member when member.Instance == value => Fate.Used,
            IConditionalAccessOperation access when access.Operation == value => Disposes(access.WhenNotNull) ? Fate.Disposed : Fate.Used,
            IIsPatternOperation { Pattern: var pattern } when Names(pattern) => Fate.HandedOn,
            IInterpolationOperation or IIsPatternOperation or IBinaryOperation => Fate.Used,
            _ => Fate.HandedOn,
        };
    }

    private static Fate OfLocal(ILocalSymbol local, IOperation place, int depth)
    {
        // A chain of locals that assign each other ends somewhere.
        if (depth == MaxLocals) return Fate.HandedOn;
        Fate fate = Fate.None;
        foreach (ILocalReferenceOperation reference in Values.References(Values.Root(place), local)) fate |= Of(reference, depth + 1);
        return fate;
    }

    // Whether a pattern gives the value a name.
    private static bool Names(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation { DeclaredSymbol: not null } or IRecursivePatternOperation { DeclaredSymbol: not null } => true,
        IBinaryPatternOperation both => Names(both.LeftPattern) || Names(both.RightPattern),
        _ => false,
    };

    private static bool Disposes(IOperation access) =>
        access is IInvocationOperation { TargetMethod.Name: "Dispose" or "DisposeAsync" };
}
