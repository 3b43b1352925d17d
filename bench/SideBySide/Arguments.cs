using System.Globalization;

namespace RequestsAsync.SideBySide;

/// <summary>A command line of <c>--name value</c> and <c>--flag</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private Arguments()
    {
    }

    /// <summary>Reads the words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="flags">The names that stand alone, without a value.</param>
    /// <exception cref="FormatException">A word is no option, or an option lacks its value.</exception>
    public static Arguments Parse(ReadOnlySpan<string> words, IReadOnlyCollection<string> flags)
    {
        Arguments arguments = new();
        for (int i = 0; i < words.Length; i++)
        {
            string name = words[i];
            if (!name.StartsWith("--", StringComparison.Ordinal)) throw new FormatException($"'{name}' is no option.");
            if (!flags.Contains(name) && i + 1 == words.Length) throw new FormatException($"{name} needs a value.");
            arguments._values[name] = flags.Contains(name) ? "" : words[++i];
        }

        return arguments;
    }

    /// <summary>Whether a flag is there, or an option.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>The value of an option, or <see langword="null"/>.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>The values of an option that takes several, parted by commas; <see langword="null"/> without the option.</summary>
    public string[]? List(string name) => Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The value of an option that is a whole number, 0 or more.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public int? Number(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw new FormatException($"{name} {text}: a whole number is needed.");

    /// <summary>The value of an option that is a time in seconds.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public TimeSpan? Seconds(string name) => Text(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) ? TimeSpan.FromSeconds(seconds)
        : throw new FormatException($"{name} {text}: a number of seconds is needed.");

    /// <summary>Refuses options that nobody knows.</summary>
    /// <exception cref="FormatException">There is one.</exception>
    public void RefuseOthersThan(params ReadOnlySpan<string> known)
    {
        foreach (string name in _values.Keys)
        {
            if (!known.Contains(name)) throw new FormatException($"There is no option {name}.");
        }
    }
}
