using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>A static field of the type around a declaration, to hold what the local held.</summary>
internal sealed class SessionField
{
    private const string Name = "SharedSession";

    private readonly TypeDeclarationSyntax _type;
    private readonly LocalDeclarationStatementSyntax _declaration;

    private SessionField(TypeDeclarationSyntax type, LocalDeclarationStatementSyntax declaration) => (_type, _declaration) = (type, declaration);

    /// <summary>The field for a declaration, or <see langword="null"/> where no type can have it or its name is taken.</summary>
    public static SessionField? Of(LocalDeclarationStatementSyntax declaration) =>
        declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type and not InterfaceDeclarationSyntax
        && !type.DescendantTokens().Any(static token => token.ValueText == Name)
            ? new(type, declaration)
            : null;

    /// <summary>Writes the field and uses it for each mention of the local, which goes.</summary>
    public SyntaxNode Hold(SyntaxNode root, IVariableDeclaratorOperation declarator, IObjectCreationOperation creation)
    {
        SyntaxNode[] mentions = [.. Values.References(Values.Root(declarator), declarator.Symbol).Select(static reference => reference.Syntax)];
        TypeDeclarationSyntax type = _type.TrackNodes([.. mentions, _declaration]);
        type = type.ReplaceNodes(
            mentions.Select(mention => type.GetCurrentNode(mention)!),
            static (mention, _) => SyntaxFactory.IdentifierName(Name).WithTriviaFrom(mention));
        type = type.RemoveNode(type.GetCurrentNode(_declaration)!, SyntaxRemoveOptions.KeepNoTrivia)!;

        // Behind the fields that are there, with an empty line around it.
        int place = type.Members.TakeWhile(static member => member is FieldDeclarationSyntax).Count();
        string text = $"private static readonly Session {Name} = {creation.Syntax.WithoutLeadingTrivia().WithoutTrailingTrivia()};";
        MemberDeclarationSyntax field = SyntaxFactory
            .ParseMemberDeclaration(place == 0 ? $"{text}\n\n" : $"\n{text}\n")!
            .WithAdditionalAnnotations(Formatter.Annotation);
        return root.ReplaceNode(_type, type.WithMembers(type.Members.Insert(place, field)));
    }
}
