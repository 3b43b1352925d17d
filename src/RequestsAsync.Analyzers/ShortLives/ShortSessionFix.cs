using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Moves the session to a static field of the type, or in front of the loop where there is no type to have one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ShortSessionFix)), Shared]
public sealed class ShortSessionFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rule.ShortSession.Id];

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null; // two fields at once would get one name

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (model.GetOperation(root.FindNode(context.Span, getInnermostNodeForTie: true), context.CancellationToken) is not IObjectCreationOperation creation
            || Values.Declarator(Values.Outward(creation)) is not { } declarator
            || declarator.Syntax.Parent?.Parent is not LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration
            || !IsReplaceable(declarator))
            return;

        SyntaxNode? changed = SessionField.Of(declaration) is { } field
            ? field.Hold(root, declarator, creation)
            : BeforeLoop(root, declaration);
        if (changed is null) return;
        context.RegisterCodeFix(
            CodeAction.Create(
                SessionField.Of(declaration) is null ? "Make it before the loop" : "Keep it in a static field",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)),
                nameof(ShortSessionFix)),
            context.Diagnostics);
    }

    // Every mention is a plain use; an explicit disposal would end the field.
    private static bool IsReplaceable(IVariableDeclaratorOperation declarator)
    {
        foreach (ILocalReferenceOperation reference in Values.References(Values.Root(declarator), declarator.Symbol))
            if (Fates.Of(reference) != Fate.Used) return false;
        return true;
    }

    private static SyntaxNode? BeforeLoop(SyntaxNode root, LocalDeclarationStatementSyntax declaration)
    {
        if (declaration.Parent is not BlockSyntax { Parent: StatementSyntax loop }
            || loop is not (CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
            || loop.Parent is not GlobalStatementSyntax global)
            return null;

        // An empty line goes before both, a comment stays with the loop.
        SyntaxTriviaList trivia = loop.GetLeadingTrivia();
        int blank = trivia.TakeWhile(static part => part.IsKind(SyntaxKind.WhitespaceTrivia) || part.IsKind(SyntaxKind.EndOfLineTrivia)).Count();
        StatementSyntax without = loop.RemoveNode(declaration, SyntaxRemoveOptions.KeepNoTrivia)!;
        return root.ReplaceNode(global, [
            SyntaxFactory.GlobalStatement(declaration.WithLeadingTrivia(trivia.Take(blank)).WithTrailingTrivia(SyntaxFactory.LineFeed)),
            SyntaxFactory.GlobalStatement(without.WithLeadingTrivia(trivia.Skip(blank)))]);
    }
}
