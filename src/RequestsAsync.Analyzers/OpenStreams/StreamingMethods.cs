using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RequestsAsync.Analyzers;

/// <summary>The methods whose response has its body still on the way: the library's, and those of the program that only pass it on.</summary>
internal sealed class StreamingMethods(Library library)
{
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _wrappers = new(SymbolEqualityComparer.Default);

    public bool Contains(IMethodSymbol method)
    {
        if (library.Declares(method)) return library.IsStreamingVerb(method);
        return Library.Same(Library.Awaited(method.ReturnType), library.Response)
            && _wrappers.GetOrAdd(method.OriginalDefinition, static wrapper => IsWrapper(wrapper));
    }

    // By its words alone: what it returns is a Response, and the call that it returns is named as the library's are.
    private static bool IsWrapper(IMethodSymbol method)
    {
        foreach (SyntaxReference reference in method.DeclaringSyntaxReferences)
        {
            SyntaxNode declaration = reference.GetSyntax();
            foreach (SyntaxNode node in declaration.DescendantNodes(inner => inner == declaration || !IsFunction(inner)))
            {
                ExpressionSyntax? returned = node switch
                {
                    ArrowExpressionClauseSyntax arrow => arrow.Expression,
                    ReturnStatementSyntax statement => statement.Expression,
                    _ => null,
                };
                if (returned is not null && Streams(returned)) return true;
            }
        }

        return false;
    }

    private static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;

    private static bool Streams(ExpressionSyntax expression) => expression switch
    {
        AwaitExpressionSyntax wait => Streams(wait.Expression),
        ParenthesizedExpressionSyntax parenthesized => Streams(parenthesized.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name.Identifier.ValueText switch
        {
            "Stream" or "StreamAsync" => true,
            "ConfigureAwait" or "EnsureSuccess" => Streams(member.Expression),
            _ => false,
        },
        _ => false,
    };
}
