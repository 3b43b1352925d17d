namespace RequestsAsync.Cli;

internal enum MarkupPieceKind
{
    Text,
    StartTag,
    EndTag,
    EmptyTag,

    /// <summary>A comment, a declaration or a processing instruction.</summary>
    Comment,

    /// <summary>A CDATA section.</summary>
    CharacterData,
}
