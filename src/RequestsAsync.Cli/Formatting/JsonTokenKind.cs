namespace RequestsAsync.Cli;

internal enum JsonTokenKind : byte
{
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Colon,
    Comma,
    Key,
    Text,
    Number,
    Word,
}
