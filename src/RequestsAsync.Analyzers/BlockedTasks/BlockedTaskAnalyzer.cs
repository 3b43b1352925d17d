using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RequestsAsync.Analyzers;

/// <summary>RQA002: <c>.Result</c>, <c>.Wait()</c> or <c>.GetAwaiter().GetResult()</c> on a task of the library.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockedTaskAnalyzer : LibraryAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule.BlockedTask];

    private protected override void Register(CompilationStartAnalysisContext context, Library library) =>
        context.RegisterOperationAction(operation => Analyze(operation, library), OperationKind.PropertyReference, OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, Library library)
    {
        if (BlockedTask.In(context.Operation) is not { } task || BlockedTask.Source(task, library) is not { } source) return;

        string advice =
            EnclosingFunction.Of(context.Operation, context.ContainingSymbol).IsAsync ? "await it"
            : Library.BlockingTwin(source.TargetMethod) is { } twin ? $"call '{twin.Name}', which blocks on a socket"
            : "await it, in a method that is async";
        context.ReportDiagnostic(Diagnostic.Create(
            Rule.BlockedTask, context.Operation.Syntax.GetLocation(), source.TargetMethod.Name, advice));
    }
}
