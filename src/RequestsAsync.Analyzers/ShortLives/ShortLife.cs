using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Finds clients that do not live longer than the function, or the turn of a loop, that makes them.</summary>
internal static class ShortLife
{
    /// <summary>How long a new client lives, or <see langword="null"/> when it may live longer or there is a reason for it to be new.</summary>
    public static Lifetime? Of(IObjectCreationOperation creation, OperationAnalysisContext context, Library library)
    {
        EnclosingFunction function = EnclosingFunction.Of(creation, context.ContainingSymbol);
        if (function.Symbol is not { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor) } method) return null;
        if ((Fates.Of(creation) & (Fate.Used | Fate.HandedOn)) != Fate.Used) return null;

        if (Loops.Around(creation, null) is { } loop) return DependsOn(creation, within: loop) ? null : Lifetime.Iteration;
        bool isLasting = function.IsEntryPoint(context.Compilation, library, context.CancellationToken) || IsTest(method);
        return isLasting || DependsOn(creation, within: null) ? null : Lifetime.Call;
    }

    // Options made of what the loop or the caller gives (a user's credentials, a proxy) make each client another one.
    private static bool DependsOn(IObjectCreationOperation creation, ILoopOperation? within)
    {
        foreach (IOperation operation in creation.Descendants())
        {
            switch (operation)
            {
                case ILocalReferenceOperation { IsDeclaration: false } reference when within is null || IsDeclaredIn(within, reference.Local):
                case IParameterReferenceOperation when within is null:
                    return true;
            }
        }

        return false;
    }

    private static bool IsDeclaredIn(ILoopOperation loop, ILocalSymbol local)
    {
        foreach (SyntaxReference declaration in local.DeclaringSyntaxReferences)
            if (declaration.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.Span.Contains(declaration.Span)) return true;
        return false;
    }

    // A test wants a client that no other test has touched.
    private static bool IsTest(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
            if (attribute.AttributeClass?.Name is "FactAttribute" or "TheoryAttribute" or "TestAttribute" or "TestCaseAttribute" or "TestMethodAttribute")
                return true;
        return false;
    }
}
