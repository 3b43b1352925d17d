using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>RQA005: a loop that awaits one independent request after another.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoopedRequestAnalyzer : LibraryAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule.LoopedRequests];

    private protected override void Register(CompilationStartAnalysisContext context, Library library) =>
        context.RegisterOperationAction(operation => Analyze(operation, library), OperationKind.Loop);

    private static void Analyze(OperationAnalysisContext context, Library library)
    {
        if (context.Operation is IForEachLoopOperation loop && LoopedRequest.Of(loop, library) is { } request)
            context.ReportDiagnostic(Diagnostic.Create(Rule.LoopedRequests, request.Syntax.GetLocation(), request.TargetMethod.Name));
    }
}
