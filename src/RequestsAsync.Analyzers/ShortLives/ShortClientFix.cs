using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Sends what the client sends with the verbs of <c>Requests</c>, whose connections all the program shares.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ShortClientFix)), Shared]
public sealed class ShortClientFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rule.ShortClient.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (model.GetOperation(root.FindNode(context.Span, getInnermostNodeForTie: true), context.CancellationToken) is not IObjectCreationOperation
            {
                Arguments.Length: 0,
                Initializer: null,
            }
            creation
            || Values.Declarator(Values.Outward(creation)) is not { } declarator
            || declarator.Syntax.Parent?.Parent is not LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1, Parent: BlockSyntax } declaration
            || !Comments.AreAbsentAround(declaration)
            || Library.Of(model.Compilation)?.Requests is not { } requests)
            return;

        ClientCalls calls = new(requests.ToMinimalDisplayString(model, creation.Syntax.SpanStart));
        if (!calls.TryAddAll(declarator)) return;
        SyntaxNode tracked = calls.Rewrite(root.TrackNodes(calls.Nodes.Append(declaration)));
        SyntaxNode changed = tracked.RemoveNode(tracked.GetCurrentNode(declaration)!, SyntaxRemoveOptions.KeepNoTrivia)!;
        context.RegisterCodeFix(
            CodeAction.Create(
                "Send it with Requests", _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), nameof(ShortClientFix)),
            context.Diagnostics);
    }
}
