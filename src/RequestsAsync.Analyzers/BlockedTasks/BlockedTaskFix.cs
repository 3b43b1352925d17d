using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Awaits the task, or calls the verb that blocks by itself where nothing can be awaited.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockedTaskFix)), Shared]
public sealed class BlockedTaskFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rule.BlockedTask.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (root.FindNode(context.Span, getInnermostNodeForTie: true) is not ExpressionSyntax blocking
            || model.GetOperation(blocking, context.CancellationToken) is not { } operation
            || BlockedTask.In(operation) is not { Syntax: ExpressionSyntax task } value
            || task.DescendantNodesAndSelf().OfType<MemberBindingExpressionSyntax>().Any())
            return;

        ISymbol member = model.GetEnclosingSymbol(blocking.SpanStart, context.CancellationToken)!;
        bool isAsync = EnclosingFunction.Of(operation, member).IsAsync;
        ExpressionSyntax? changed = isAsync ? Awaited(blocking, task) : Blocking(blocking, value);
        if (changed is null) return;
        context.RegisterCodeFix(
            CodeAction.Create(
                isAsync ? "Await the task" : "Call the verb that blocks by itself",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(blocking, changed))),
                nameof(BlockedTaskFix)),
            context.Diagnostics);
    }

    private static ExpressionSyntax? Awaited(ExpressionSyntax blocking, ExpressionSyntax task)
    {
        // Wait(timeout) gives up after a while, which a bare await does not.
        bool isTimed = blocking is InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 };
        return isTimed || !AwaitSyntax.IsAllowedAt(blocking) ? null : AwaitSyntax.Await(task, blocking);
    }

    private static InvocationExpressionSyntax? Blocking(ExpressionSyntax blocking, IOperation task)
    {
        if (blocking is InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 }
            || Values.Inward(task) is not IInvocationOperation { Syntax: InvocationExpressionSyntax call } source
            || Library.BlockingTwin(source.TargetMethod) is not { } twin
            || !Takes(twin, source)
            || twin.ReturnType.Name == "IEnumerable")
            return null;
        return AwaitSyntax.Renamed(call, twin.Name)?.WithTriviaFrom(blocking);
    }

    // Response.Read takes no cancellation token, so a call that hands one over has no blocking form.
    private static bool Takes(IMethodSymbol twin, IInvocationOperation call)
    {
        foreach (IArgumentOperation argument in call.Arguments)
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Ordinal: var place } && place >= twin.Parameters.Length) return false;
        return true;
    }
}
