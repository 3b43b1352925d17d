using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RequestsAsync.Analyzers;

/// <summary>RQA006: a body taken straight from a call, or a response taken from an outcome, without a look at whether it is a good one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UncheckedBodyAnalyzer : LibraryAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule.UncheckedBody];

    private protected override void Register(CompilationStartAnalysisContext context, Library library) =>
        context.RegisterOperationAction(operation => Analyze(operation, library), OperationKind.PropertyReference, OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, Library library)
    {
        if (UncheckedBody.Verb(context.Operation, library) is { } verb)
            Report(verb.TargetMethod.Name, "call EnsureSuccess first");
        else if (UncheckedBody.Outcome(context.Operation, library) is { } outcome)
            Report(outcome.Name, "look at Succeeded first, or call GetResponse");

        void Report(string whose, string advice) =>
            context.ReportDiagnostic(Diagnostic.Create(Rule.UncheckedBody, context.Operation.Syntax.GetLocation(), whose, advice));
    }
}
