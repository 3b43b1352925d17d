using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Moves the session to a static field of the type, or in front of the loop where no field can hold it.</summary>
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
            || !Comments.AreAbsentAround(declaration)
            || !IsReplaceable(declarator))
            return;

        (string title, SyntaxNode? changed) = SessionField.Of(declaration, creation) is { } field
            ? ("Keep it in a static field", field.Hold(root, declarator))
            : ("Make it before the loop", BeforeLoop(root, declaration));
        if (changed is null) return;
        context.RegisterCodeFix(
            CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), nameof(ShortSessionFix)), context.Diagnostics);
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
            || loop.Parent is not (GlobalStatementSyntax or BlockSyntax))
            return null;

        // An empty line goes before both, a comment stays with the loop.
        SyntaxTriviaList trivia = loop.GetLeadingTrivia();
        SyntaxTrivia[] blank = [.. trivia.TakeWhile(Comments.IsBlank)];
        IEnumerable<SyntaxTrivia> indent = Enumerable.Reverse(blank).TakeWhile(static part => part.IsKind(SyntaxKind.WhitespaceTrivia));
        StatementSyntax before = declaration.WithLeadingTrivia(blank).WithTrailingTrivia(SyntaxFactory.LineFeed);
        StatementSyntax after = loop
            .RemoveNode(declaration, SyntaxRemoveOptions.KeepNoTrivia)!
            .WithLeadingTrivia(indent.Concat(trivia.Skip(blank.Length)));
        return loop.Parent is GlobalStatementSyntax global
            ? root.ReplaceNode(global, [SyntaxFactory.GlobalStatement(before), SyntaxFactory.GlobalStatement(after)])
            : root.ReplaceNode(loop, [before, after]);
    }
}
