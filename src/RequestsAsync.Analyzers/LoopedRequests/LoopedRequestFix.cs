using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Gathers the requests, and loops over their responses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LoopedRequestFix)), Shared]
public sealed class LoopedRequestFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rule.LoopedRequests.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (model.GetOperation(root.FindNode(context.Span, getInnermostNodeForTie: true), context.CancellationToken) is not IInvocationOperation request
            || request.Syntax.FirstAncestorOrSelf<ForEachStatementSyntax>() is not { } loop
            || model.GetOperation(loop, context.CancellationToken) is not IForEachLoopOperation turns
            || Library.Of(model.Compilation) is not { } library
            || !IsGatherable(request, turns, library)
            || Gathered(request, loop, turns) is not { } changed)
            return;

        context.RegisterCodeFix(
            CodeAction.Create(
                "Send them at once with GatherAsync",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(loop, changed))),
                nameof(LoopedRequestFix)),
            context.Diagnostics);
    }

    // A session asks for each URL of a list of strings by GET, with nothing of its own for any of them.
    private static bool IsGatherable(IInvocationOperation request, IForEachLoopOperation turns, Library library)
    {
        if (request.TargetMethod.Name != "GetAsync" || !Library.Same(request.TargetMethod.ContainingType, library.Session)) return false;
        if (LoopedRequest.Variable(turns) is not { Type.SpecialType: SpecialType.System_String } variable) return false;
        if (Values.Inward(turns.Collection).Type is not { } type || !IsListOfStrings(type)) return false;
        foreach (IArgumentOperation argument in request.Arguments)
        {
            bool fits = argument.Parameter?.Name switch
            {
                "url" => argument.Value is ILocalReferenceOperation reference && Library.Same(reference.Local, variable),
                "cancellationToken" => true,
                _ => argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value.ConstantValue is { HasValue: true, Value: null },
            };
            if (!fits) return false;
        }

        // The responses come without their URLs: only the request may mention them.
        return Values.References(turns.Body, variable).Count() == 1;
    }

    private static bool IsListOfStrings(ITypeSymbol type) =>
        IsSequence(type) || type.AllInterfaces.Any(IsSequence);

    private static bool IsSequence(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } sequence
        && sequence.TypeArguments[0].SpecialType == SpecialType.System_String;

    private static ForEachStatementSyntax? Gathered(IInvocationOperation request, ForEachStatementSyntax loop, IForEachLoopOperation turns)
    {
        var call = (InvocationExpressionSyntax)request.Syntax;
        ExpressionSyntax answer = call.FirstAncestorOrSelf<AwaitExpressionSyntax>()!;
        StatementSyntax first = loop.Statement is BlockSyntax block ? block.Statements[0] : loop.Statement;
        // A try around the request handles the failure of one URL; gathered, the first failure would end them all.
        if (first is not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.None })) return null;
        if (!first.Contains(answer)) return null;

        bool isDeclared = Declared(first, answer) is not null;
        string name = Declared(first, answer)?.Variables[0].Identifier.Text ?? "response";
        if (!isDeclared && loop.DescendantTokens().Any(token => token.ValueText == name)) return null;
        if (AwaitSyntax.Renamed(call, "GatherAsync") is not { } renamed) return null;

        ExpressionSyntax urls = loop.Expression.WithoutLeadingTrivia().WithoutTrailingTrivia();
        InvocationExpressionSyntax gather = renamed.WithArgumentList(Arguments(request, urls));
        ExpressionSyntax all = ((AwaitExpressionSyntax)answer).ReplaceNode(call, gather).WithoutLeadingTrivia().WithoutTrailingTrivia();

        StatementSyntax? body = isDeclared ? Without(loop.Statement) : Named(loop.Statement, answer, name);
        TypeSyntax type = (Declared(first, answer)?.Type ?? SyntaxFactory.IdentifierName("var")).WithTriviaFrom(loop.Type);
        return body is null
            ? null
            : loop
                .WithType(type)
                .WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(loop.Identifier))
                .WithExpression(all)
                .WithStatement(body);
    }

    // GetAsync(url, null, token) becomes GatherAsync(urls, null, token).
    private static ArgumentListSyntax Arguments(IInvocationOperation request, ExpressionSyntax urls)
    {
        var list = ((InvocationExpressionSyntax)request.Syntax).ArgumentList;
        IEnumerable<SyntaxNodeOrToken> parts = list.Arguments.GetWithSeparators().Select(part =>
            part.AsNode() is ArgumentSyntax argument && IsUrl(argument, list)
                ? argument.WithNameColon(null).WithExpression(urls).WithTriviaFrom(argument)
                : part);
        return list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(SyntaxFactory.NodeOrTokenList(parts)));
    }

    private static bool IsUrl(ArgumentSyntax argument, ArgumentListSyntax list) =>
        argument.NameColon is { } named ? named.Name.Identifier.ValueText == "url" : list.Arguments[0] == argument;

    // var r = await session.GetAsync(url); and nothing else in the statement.
    private static VariableDeclarationSyntax? Declared(StatementSyntax first, ExpressionSyntax answer) =>
        first is LocalDeclarationStatementSyntax { Declaration: { Variables.Count: 1 } declaration }
        && declaration.Variables[0].Initializer?.Value == answer
            ? declaration
            : null;

    private static BlockSyntax? Without(StatementSyntax body) =>
        body is BlockSyntax { Statements.Count: > 1 } block && Comments.AreAbsentAround(block.Statements[0]) ? block.WithStatements(block.Statements.RemoveAt(0)) : null;

    private static StatementSyntax Named(StatementSyntax body, ExpressionSyntax answer, string name)
    {
        ExpressionSyntax replaced = answer.Parent is ParenthesizedExpressionSyntax parenthesized ? parenthesized : answer;
        return body.ReplaceNode(replaced, SyntaxFactory.IdentifierName(name).WithTriviaFrom(replaced));
    }
}
