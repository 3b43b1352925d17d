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
    private readonly IObjectCreationOperation _creation;

    private SessionField(TypeDeclarationSyntax type, LocalDeclarationStatementSyntax declaration, IObjectCreationOperation creation) =>
        (_type, _declaration, _creation) = (type, declaration, creation);

    /// <summary>The field for a declaration, or <see langword="null"/> where no type can have it, its name is taken or its value is not for all.</summary>
    public static SessionField? Of(LocalDeclarationStatementSyntax declaration, IObjectCreationOperation creation) =>
        declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type and not InterfaceDeclarationSyntax
        && !type.DescendantTokens().Any(static token => token.ValueText == Name)
        && !creation.Descendants().Any(IsOfCaller)
            ? new(type, declaration, creation)
            : null;

    /// <summary>Writes the field and uses it for each mention of the local, which goes.</summary>
    public SyntaxNode Hold(SyntaxNode root, IVariableDeclaratorOperation declarator)
    {
        SyntaxNode[] mentions = [.. Values.References(Values.Root(declarator), declarator.Symbol).Select(static reference => reference.Syntax)];
        TypeDeclarationSyntax changed = _type.TrackNodes([.. mentions, _declaration]);
        changed = changed.ReplaceNodes(
            mentions.Select(mention => changed.GetCurrentNode(mention)!),
            static (mention, _) => SyntaxFactory.IdentifierName(Name).WithTriviaFrom(mention));
        changed = changed.RemoveNode(changed.GetCurrentNode(_declaration)!, SyntaxRemoveOptions.KeepNoTrivia)!;

        // Behind the fields that are there, with an empty line around it.
        int place = changed.Members.TakeWhile(static member => member is FieldDeclarationSyntax).Count();
        string type = _creation.Type!.ToMinimalDisplayString(_creation.SemanticModel!, _creation.Syntax.SpanStart);
        string text = $"private static readonly {type} {Name} = {_creation.Syntax.WithoutLeadingTrivia().WithoutTrailingTrivia()};";
        MemberDeclarationSyntax field = SyntaxFactory
            .ParseMemberDeclaration(place == 0 ? $"{text}\n\n" : $"\n{text}\n")!
            .WithAdditionalAnnotations(Formatter.Annotation);
        return root.ReplaceNode(_type, changed.WithMembers(changed.Members.Insert(place, field)));
    }

    private static bool IsOfCaller(IOperation operation) => operation is
        ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };
}
