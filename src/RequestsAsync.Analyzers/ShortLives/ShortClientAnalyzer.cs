using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>RQA008: an <c>HttpClient</c> that is made in a loop, or in a method that is called again and again.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ShortClientAnalyzer : LibraryAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule.ShortClient];

    private protected override void Register(CompilationStartAnalysisContext context, Library library) =>
        context.RegisterOperationAction(operation => Analyze(operation, library), OperationKind.ObjectCreation);

    private static void Analyze(OperationAnalysisContext context, Library library)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!Library.Same(creation.Type, library.HttpClient) || ShortLife.Of(creation, context, library) is not { } life) return;
        context.ReportDiagnostic(life == Lifetime.Iteration
            ? Diagnostic.Create(Rule.ShortClient, creation.Syntax.GetLocation(), "each turn of the loop")
            : Diagnostic.Create(
                Rule.ShortClient, creation.Syntax.GetLocation(), DiagnosticSeverity.Info, additionalLocations: null, properties: null, "each call"));
    }
}
