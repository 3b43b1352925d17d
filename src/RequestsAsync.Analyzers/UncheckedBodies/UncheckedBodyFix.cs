using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RequestsAsync.Analyzers;

/// <summary>Inserts <c>EnsureSuccess()</c> in front of the body.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncheckedBodyFix)), Shared]
public sealed class UncheckedBodyFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rule.UncheckedBody.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (Library.Of(model.Compilation) is not { } library
            || root.FindNode(context.Span, getInnermostNodeForTie: true) is not ExpressionSyntax node
            || model.GetOperation(node, context.CancellationToken) is not { } operation)
            return;

        SyntaxNode? changed = UncheckedBody.Reads(operation, library) ? Checked(root, node) : Taken(root, node, model, library);
        if (changed is null) return;
        context.RegisterCodeFix(
            CodeAction.Create(
                "Insert EnsureSuccess()", _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), nameof(UncheckedBodyFix)),
            context.Diagnostics);
    }

    // (await Requests.GetAsync(url)).Text
    private static SyntaxNode? Checked(SyntaxNode root, ExpressionSyntax reading)
    {
        var member = (reading as MemberAccessExpressionSyntax) ?? (reading as InvocationExpressionSyntax)?.Expression as MemberAccessExpressionSyntax;
        return member is null ? null : root.ReplaceNode(member.Expression, Call(member.Expression, "EnsureSuccess"));
    }

    // o.Response!.Text: the response or its error, and then a good one.
    private static SyntaxNode? Taken(SyntaxNode root, ExpressionSyntax response, SemanticModel model, Library library)
    {
        if (response is not MemberAccessExpressionSyntax { Expression: var outcome }) return null;
        ExpressionSyntax whole = response.Parent is PostfixUnaryExpressionSyntax forgiven ? forgiven : response;
        ExpressionSyntax taken = Call(outcome, "GetResponse");
        if (whole.Parent is MemberAccessExpressionSyntax member && ReadsBody(member, model, library)) taken = Call(taken, "EnsureSuccess");
        return root.ReplaceNode(whole, taken.WithTriviaFrom(whole));
    }

    private static bool ReadsBody(MemberAccessExpressionSyntax member, SemanticModel model, Library library)
    {
        SyntaxNode reading = member.Parent is InvocationExpressionSyntax call ? call : member;
        return model.GetOperation(reading) is { } operation && UncheckedBody.Reads(operation, library);
    }

    private static InvocationExpressionSyntax Call(ExpressionSyntax receiver, string method) => SyntaxFactory.InvocationExpression(
        SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, receiver.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName(method)))
        .WithTrailingTrivia(receiver.GetTrailingTrivia());
}
