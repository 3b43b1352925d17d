using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>RQA003: a streamed response that is neither disposed nor handed to somebody who could.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OpenStreamAnalyzer : LibraryAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule.OpenStream];

    private protected override void Register(CompilationStartAnalysisContext context, Library library)
    {
        StreamingMethods methods = new(library);
        context.RegisterOperationAction(operation => Analyze(operation, methods), OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context, StreamingMethods methods)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!methods.Contains(call.TargetMethod) || (Fates.Of(call) & (Fate.Disposed | Fate.HandedOn)) != Fate.None) return;

        string keyword = EnclosingFunction.Of(call, context.ContainingSymbol).IsAsync ? "await using" : "using";
        context.ReportDiagnostic(Diagnostic.Create(Rule.OpenStream, call.Syntax.GetLocation(), call.TargetMethod.Name, keyword));
    }
}
