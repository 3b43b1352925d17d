using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RequestsAsync.Analyzers;

/// <summary>Moves a blocking call off the event loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockedLoopFix)), Shared]
public sealed class BlockedLoopFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rule.BlockedLoop.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (root.FindNode(context.Span, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call || !AwaitSyntax.IsAllowedAt(call)) return;
        if (Library.Of(model.Compilation)?.EventLoop is not { } loop
            || model.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol method
            || !IsWhole(method, loop)
            || call.DescendantNodesAndSelf().Any(static node => node is MemberBindingExpressionSyntax or AwaitExpressionSyntax or DeclarationExpressionSyntax or SingleVariableDesignationSyntax)) // none of which a lambda can take along
            return;

        string name = loop.ToMinimalDisplayString(model, call.SpanStart);
        ExpressionSyntax wrapped = AwaitSyntax.Await(
            SyntaxFactory.ParseExpression($"{name}.ToThreadAsync(() => {call.WithoutLeadingTrivia().WithoutTrailingTrivia()})"), call);
        context.RegisterCodeFix(
            CodeAction.Create(
                "Move the call off the loop with EventLoop.ToThreadAsync",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(call, wrapped))),
                nameof(BlockedLoopFix)),
            context.Diagnostics);
    }

    // What is read lazily would block the loop all the same, and what gives nothing needs an overload that takes an action.
    private static bool IsWhole(IMethodSymbol method, INamedTypeSymbol loop)
    {
        if (method.ReturnType.Name == "IEnumerable") return false;
        if (!method.ReturnsVoid) return true;
        foreach (ISymbol member in loop.GetMembers("ToThreadAsync"))
            if (member is IMethodSymbol { Parameters.Length: > 0 } overload && overload.Parameters[0].Type.Name == nameof(Action)) return true;
        return false;
    }
}
