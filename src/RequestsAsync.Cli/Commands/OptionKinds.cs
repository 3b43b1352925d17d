using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>Makes options. Each may be given more than once, so that the command line can overrule the configuration: the last counts.</summary>
internal static class OptionKinds
{
    /// <summary>An option that stands alone.</summary>
    public static Option<bool> Flag(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>Which of some options stands last, so that it decides; <see langword="null"/> for none.</summary>
    public static string? Last(ParseResult parsed, params ReadOnlySpan<string> names)
    {
        for (int i = parsed.Tokens.Count - 1; i >= 0; i--)
        {
            if (parsed.Tokens[i].Type == TokenType.Option && names.Contains(parsed.Tokens[i].Value)) return parsed.Tokens[i].Value;
        }

        return null;
    }

    /// <summary>An option with a text.</summary>
    public static Option<string?> Text(string name, string value, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = value,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result => result.Tokens[^1].Value,
    };

    /// <summary>An option whose every occurrence counts.</summary>
    public static Option<string[]> List(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Arity = ArgumentArity.OneOrMore };

    /// <summary>An option with a whole number, 0 or more.</summary>
    public static Option<int?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < int.MaxValue) return number;

            result.AddError($"{name} takes a whole number, not '{result.Tokens[^1].Value}'.");
            return null;
        },
    };

    /// <summary>An option with a time in seconds.</summary>
    public static Option<TimeSpan?> Seconds(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = OptionValues.Seconds,
    };
}
