using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>RQA001 and RQA007: a verb that blocks, where the code could await or one thread serves everybody.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingCallAnalyzer : LibraryAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule.BlockingVerb, Rule.BlockedLoop];

    private protected override void Register(CompilationStartAnalysisContext context, Library library) =>
        context.RegisterOperationAction(operation => Analyze(operation, library), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, Library library)
    {
        var call = (IInvocationOperation)context.Operation;
        if (library.AwaitedTwin(call.TargetMethod) is not { } awaited) return;

        EnclosingFunction function = EnclosingFunction.Of(call, context.ContainingSymbol);
        bool onLoop = function.RunsOnLoop(library);
        if (!onLoop && !function.IsAsync) return;

        context.ReportDiagnostic(Diagnostic.Create(
            onLoop ? Rule.BlockedLoop : Rule.BlockingVerb, call.Syntax.GetLocation(), Name(call.TargetMethod), awaited.Name));
    }

    private static string Name(IMethodSymbol method) => $"{method.ContainingType.Name}.{method.Name}";
}
