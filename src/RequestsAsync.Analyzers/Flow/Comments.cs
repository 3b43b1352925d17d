using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RequestsAsync.Analyzers;

/// <summary>Keeps fixes from taking away what somebody wrote for people.</summary>
internal static class Comments
{
    /// <summary>Whether a node can be removed without a comment or a directive that goes with it.</summary>
    public static bool AreAbsentAround(SyntaxNode node) => IsBlank(node.GetLeadingTrivia()) && IsBlank(node.GetTrailingTrivia());

    public static bool IsBlank(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia);

    private static bool IsBlank(SyntaxTriviaList trivia) => trivia.All(IsBlank);
}
