using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;

namespace RequestsAsync.Cli;

/// <summary>An option.</summary>
/// <param name="Names">Its names, the long one first.</param>
/// <param name="Description">What it does.</param>
/// <param name="ValueName">What its value is called; <see langword="null"/> when it takes none.</param>
/// <param name="Values">What its value may be, where that is known.</param>
internal sealed record OptionOutline(IReadOnlyList<string> Names, string Description, string? ValueName, IReadOnlyList<string> Values)
{
    /// <summary>What is known about an option.</summary>
    public static OptionOutline Of(Option option)
    {
        // A switch may be given a value too, "true", which nobody writes.
        bool isSwitch = option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0 || option is HelpOption or VersionOption;
        IEnumerable<string> names = [option.Name, .. option.Aliases.Where(static alias => alias.StartsWith('-') && alias != "-?").Order(StringComparer.Ordinal)];
        return new(
            [.. names.Distinct(StringComparer.Ordinal).OrderByDescending(static name => name.StartsWith("--", StringComparison.Ordinal))],
            option.Description ?? "",
            isSwitch ? null : option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant(),
            isSwitch ? [] : ValuesOf(option));
    }

    /// <summary>What the value of an option or argument may be; empty when anything may.</summary>
    public static IReadOnlyList<string> ValuesOf(Symbol symbol) =>
        [.. symbol.GetCompletions(CompletionContext.Empty).Select(static item => item.InsertText ?? item.Label).Where(IsWord).Distinct(StringComparer.Ordinal)];

    // What stands in a shell's script as it is.
    private static bool IsWord(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '+');
}
