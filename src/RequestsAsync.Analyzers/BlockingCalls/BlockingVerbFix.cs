using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RequestsAsync.Analyzers;

/// <summary>Awaits the verb instead of blocking.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingVerbFix)), Shared]
public sealed class BlockingVerbFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rule.BlockingVerb.Id, Rule.BlockedLoop.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (root.FindNode(context.Span, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call || !AwaitSyntax.IsAllowedAt(call)) return;
        if (Library.Of(model.Compilation) is not { } library
            || model.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol method
            || library.AwaitedTwin(method) is not { } awaited
            || AwaitSyntax.Renamed(call, awaited.Name) is not { } task
            || call.DescendantNodesAndSelf().OfType<MemberBindingExpressionSyntax>().Any()) // api?.Session.Get(url) may be nothing at all
            return;

        SyntaxNode? changed = awaited.ReturnType.Name == "IAsyncEnumerable" ? Enumerate(root, call, task) : Await(root, call, task, model);
        if (changed is null) return;
        context.RegisterCodeFix(
            CodeAction.Create($"Await {awaited.Name}", _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), nameof(BlockingVerbFix)),
            context.Diagnostics);
    }

    // An async sequence is not awaited as a whole: only a foreach over it can be changed in one place.
    private static SyntaxNode? Enumerate(SyntaxNode root, InvocationExpressionSyntax call, InvocationExpressionSyntax sequence)
    {
        if (call.Parent is not ForEachStatementSyntax loop) return null;
        ForEachStatementSyntax awaiting = loop.ReplaceNode(call, sequence);
        return root.ReplaceNode(loop, awaiting.WithAwaitKeyword(AwaitBefore(loop.ForEachKeyword)).WithForEachKeyword(Bare(loop.ForEachKeyword)));
    }

    private static SyntaxNode Await(SyntaxNode root, InvocationExpressionSyntax call, InvocationExpressionSyntax task, SemanticModel model)
    {
        ExpressionSyntax awaited = AwaitSyntax.Await(task, call);
        switch (UsingAround(call, model))
        {
            case LocalDeclarationStatementSyntax declaration:
                LocalDeclarationStatementSyntax disposed = declaration.ReplaceNode(call, awaited);
                return root.ReplaceNode(
                    declaration, disposed.WithAwaitKeyword(AwaitBefore(disposed.UsingKeyword)).WithUsingKeyword(Bare(disposed.UsingKeyword)));
            case UsingStatementSyntax statement:
                UsingStatementSyntax block = statement.ReplaceNode(call, awaited);
                return root.ReplaceNode(statement, block.WithAwaitKeyword(AwaitBefore(block.UsingKeyword)).WithUsingKeyword(Bare(block.UsingKeyword)));
            default:
                return root.ReplaceNode(call, awaited);
        }
    }

    // The using that disposes the very value of the call, where it does so without await.
    private static StatementSyntax? UsingAround(InvocationExpressionSyntax call, SemanticModel model)
    {
        if (model.GetOperation(call) is not { } operation) return null;
        SyntaxNode value = Values.Outward(operation).Syntax;
        StatementSyntax? statement = value.FirstAncestorOrSelf<StatementSyntax>();
        bool disposes = statement switch
        {
            LocalDeclarationStatementSyntax declaration => declaration.UsingKeyword != default && declaration.AwaitKeyword == default
                && value.Parent is EqualsValueClauseSyntax && declaration.Declaration.Variables.Count == 1,
            UsingStatementSyntax block => block.AwaitKeyword == default
                && (block.Expression == value || (value.Parent is EqualsValueClauseSyntax && block.Declaration?.Variables.Count == 1)),
            _ => false,
        };
        return disposes ? statement : null;
    }

    private static SyntaxToken AwaitBefore(SyntaxToken keyword) =>
        SyntaxFactory.Token(keyword.LeadingTrivia, SyntaxKind.AwaitKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space));

    private static SyntaxToken Bare(SyntaxToken keyword) => keyword.WithLeadingTrivia();
}
