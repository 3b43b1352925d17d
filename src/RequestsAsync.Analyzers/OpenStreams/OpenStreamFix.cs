using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Declares the response with <c>await using</c>, or <c>using</c> where nothing can be awaited.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OpenStreamFix)), Shared]
public sealed class OpenStreamFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rule.OpenStream.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (model.GetOperation(root.FindNode(context.Span, getInnermostNodeForTie: true), context.CancellationToken) is not IInvocationOperation call
            || Library.Of(model.Compilation)?.Response is not { } response
            || Values.Declarator(Values.Outward(call)) is not { } declarator
            || !Library.Same(declarator.Symbol.Type, response)
            || Declaration(declarator) is not { } declaration)
            return;

        ISymbol member = model.GetEnclosingSymbol(declaration.SpanStart, context.CancellationToken)!;
        bool awaits = AwaitSyntax.IsAllowedAt(declaration) && EnclosingFunction.Of(call, member).IsAsync;
        LocalDeclarationStatementSyntax disposed = Disposed(declaration, awaits);
        context.RegisterCodeFix(
            CodeAction.Create(
                awaits ? "Declare it with await using" : "Declare it with using",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(declaration, disposed))),
                nameof(OpenStreamFix)),
            context.Diagnostics);
    }

    // What a using declares stays what it is, and has a scope of its own, which the section of a switch is not.
    private static LocalDeclarationStatementSyntax? Declaration(IVariableDeclaratorOperation declarator)
    {
        foreach (ILocalReferenceOperation reference in Values.References(Values.Root(declarator), declarator.Symbol))
            if (reference.Parent is IAssignmentOperation assignment && assignment.Target == reference) return null;
        return declarator.Syntax.Parent?.Parent is LocalDeclarationStatementSyntax
        {
            Declaration.Variables.Count: 1,
            Parent: BlockSyntax or GlobalStatementSyntax,
        }
        declaration
            ? declaration
            : null;
    }

    private static LocalDeclarationStatementSyntax Disposed(LocalDeclarationStatementSyntax declaration, bool awaits)
    {
        SyntaxTriviaList before = declaration.GetLeadingTrivia();
        SyntaxTriviaList space = SyntaxFactory.TriviaList(SyntaxFactory.Space);
        LocalDeclarationStatementSyntax bare = declaration.WithoutLeadingTrivia();
        return awaits
            ? bare
                .WithUsingKeyword(SyntaxFactory.Token(default, SyntaxKind.UsingKeyword, space))
                .WithAwaitKeyword(SyntaxFactory.Token(before, SyntaxKind.AwaitKeyword, space))
            : bare.WithUsingKeyword(SyntaxFactory.Token(before, SyntaxKind.UsingKeyword, space));
    }
}
