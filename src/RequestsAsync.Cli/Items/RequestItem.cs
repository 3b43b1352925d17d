namespace RequestsAsync.Cli;

/// <summary>One item of the command line, taken apart.</summary>
/// <param name="Kind">What it adds.</param>
/// <param name="Name">What stands before the separator, escapes undone.</param>
/// <param name="Value">What stands after it, escapes undone.</param>
/// <param name="Source">The item as it was typed.</param>
internal sealed record RequestItem(ItemKind Kind, string Name, string Value, string Source)
{
    /// <summary>Whether it is a part of the body.</summary>
    public bool IsContent => Kind is ItemKind.Upload || IsField;

    /// <summary>Whether it is a field of a form or a member of the JSON value.</summary>
    public bool IsField => Kind is ItemKind.Field or ItemKind.FieldFromFile or ItemKind.Json or ItemKind.JsonFromFile;
}
