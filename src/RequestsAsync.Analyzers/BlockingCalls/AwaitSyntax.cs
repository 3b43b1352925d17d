using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RequestsAsync.Analyzers;

/// <summary>Writes <c>await</c> where it stood without.</summary>
internal static class AwaitSyntax
{
    /// <summary>Whether the language lets the innermost function around a node await at this place.</summary>
    public static bool IsAllowedAt(SyntaxNode node)
    {
        for (SyntaxNode? outer = node; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case LockStatementSyntax or CatchFilterClauseSyntax or QueryExpressionSyntax or UnsafeStatementSyntax:
                    return false;
                case AnonymousFunctionExpressionSyntax lambda:
                    return !lambda.AsyncKeyword.IsKind(SyntaxKind.None);
                case LocalFunctionStatementSyntax local:
                    return local.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case GlobalStatementSyntax:
                    return true;
            }
        }

        return false;
    }

    /// <summary>An expression awaited, to stand where another one stood.</summary>
    /// <param name="task">What is awaited.</param>
    /// <param name="replaced">The expression whose place it takes, comments and line breaks around it included.</param>
    public static ExpressionSyntax Await(ExpressionSyntax task, ExpressionSyntax replaced)
    {
        ExpressionSyntax awaited = SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), task.WithoutLeadingTrivia().WithoutTrailingTrivia());
        if (BindsTighter(replaced)) awaited = SyntaxFactory.ParenthesizedExpression(awaited);
        return awaited.WithTriviaFrom(replaced);
    }

    /// <summary>A call with another method's name: <c>session.Get(url)</c> becomes <c>session.GetAsync(url)</c>.</summary>
    public static InvocationExpressionSyntax? Renamed(InvocationExpressionSyntax call, string name)
    {
        ExpressionSyntax? method = call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.WithName(Identifier(name, member.Name)),
            SimpleNameSyntax simple => Identifier(name, simple),
            _ => null, // session?.Get(url) may be nothing at all, and nothing cannot be awaited
        };
        return method is null ? null : call.WithExpression(method);
    }

    private static IdentifierNameSyntax Identifier(string name, SimpleNameSyntax old) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(old);

    private static bool BindsTighter(ExpressionSyntax replaced) => replaced.Parent switch
    {
        MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or PostfixUnaryExpressionSyntax => true,
        InvocationExpressionSyntax call => call.Expression == replaced,
        ConditionalAccessExpressionSyntax access => access.Expression == replaced,
        _ => false,
    };
}
