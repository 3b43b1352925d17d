using System.CommandLine;
using System.CommandLine.Parsing;

namespace RequestsAsync.Cli;

/// <summary><c>--no-OPTION</c> for each option, as in HTTPie: the option counts as not given. It takes back what stands before it, above all in the configuration.</summary>
internal static class RevertedOptions
{
    private const string Prefix = "--no-";

    /// <summary>The words without those that others take back.</summary>
    /// <param name="words">The words of a request.</param>
    /// <param name="root">The command that has the options.</param>
    /// <param name="parsing">How words are parsed.</param>
    public static string[] Apply(string[] words, RootCommand root, ParserConfiguration parsing)
    {
        if (!Array.Exists(words, static word => word.StartsWith(Prefix, StringComparison.Ordinal))) return words;

        List<(Option? Option, string[] Words)> kept = [];
        IReadOnlyList<Token> tokens = root.Parse(words, parsing).Tokens; // several short options in one word are apart in them
        for (int i = 0; i < tokens.Count; i++)
        {
            string word = tokens[i].Value;
            Option? option = tokens[i].Type == TokenType.Option ? root.Options.FirstOrDefault(option => HasName(option, word)) : null;
            if (option is { Arity.MaximumNumberOfValues: > 0 } && i + 1 < tokens.Count && tokens[i + 1].Type == TokenType.Argument) kept.Add((option, WithValue(word, tokens[++i].Value)));
            else if (option is null && RevertedBy(word, root) is { } reverted) kept.RemoveAll(one => one.Option == reverted);
            else kept.Add((option, [word]));
        }

        return [.. kept.SelectMany(static one => one.Words)];
    }

    private static Option? RevertedBy(string word, RootCommand root) =>
        word.StartsWith(Prefix, StringComparison.Ordinal) ? root.Options.FirstOrDefault(option => HasName(option, "--" + word[Prefix.Length..])) : null;

    private static bool HasName(Option option, string name) => option.Name == name || option.Aliases.Contains(name);

    // In one word, because a value may look like an option.
    private static string[] WithValue(string name, string value) => value.Length == 0 ? [name, value] : [$"{name}={value}"];
}
