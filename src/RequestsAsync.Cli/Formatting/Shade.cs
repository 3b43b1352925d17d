namespace RequestsAsync.Cli;

/// <summary>What a piece of text is; a <see cref="Palette"/> gives it its colour.</summary>
internal enum Shade
{
    Plain,
    Protocol,
    Method,
    Success,
    Redirect,
    Failure,
    Name,
    Punctuation,
    Text,
    Number,
    Word,
    Tag,
    Comment,
}
