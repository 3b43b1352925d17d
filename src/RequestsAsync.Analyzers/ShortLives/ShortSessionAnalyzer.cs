using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>RQA004: a session that is made in a loop, or lives for one request of a method that is called again and again.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ShortSessionAnalyzer : LibraryAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule.ShortSession];

    private protected override void Register(CompilationStartAnalysisContext context, Library library) =>
        context.RegisterOperationAction(operation => Analyze(operation, library), OperationKind.ObjectCreation);

    private static void Analyze(OperationAnalysisContext context, Library library)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!Library.Same(creation.Type, library.Session) || ShortLife.Of(creation, context, library) is not { } life) return;
        if (life == Lifetime.Iteration)
            context.ReportDiagnostic(Diagnostic.Create(Rule.ShortSession, creation.Syntax.GetLocation(), "each turn of the loop"));
        else if (SendsOnce(creation, library))
            context.ReportDiagnostic(Diagnostic.Create(
                Rule.ShortSession, creation.Syntax.GetLocation(), DiagnosticSeverity.Info, additionalLocations: null, properties: null, "one request"));
    }

    // One verb and nothing else but the disposal: whoever asks for the cookies wants a session of their own.
    private static bool SendsOnce(IObjectCreationOperation creation, Library library)
    {
        IOperation value = Values.Outward(creation);
        if (Values.Declarator(value) is not { } declarator) return value.Parent is IInvocationOperation direct && library.IsVerb(direct.TargetMethod);

        int requests = 0;
        foreach (ILocalReferenceOperation reference in Values.References(Values.Root(creation), declarator.Symbol))
        {
            if (reference.Parent is IInvocationOperation call && call.Instance == reference && library.IsVerb(call.TargetMethod))
            {
                if (Loops.Around(call, declarator) is not null) return false;
                requests++;
            }
            else if ((Fates.Of(reference) & ~Fate.Disposed) != Fate.None)
                return false;
        }

        return requests == 1;
    }
}
