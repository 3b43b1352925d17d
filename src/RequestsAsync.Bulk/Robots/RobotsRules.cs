using System.Globalization;
using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>What a robots.txt allows one crawler (RFC 9309).</summary>
internal sealed class RobotsRules
{
    private readonly List<RobotsRule> _rules = [];

    private RobotsRules()
    {
    }

    /// <summary>Nothing is allowed.</summary>
    public static RobotsRules None { get; } = new() { _rules = { new("/", allows: false) } };

    /// <summary>How long the crawler is asked to wait between two requests (<c>Crawl-delay</c>, which RFC 9309 leaves to the crawler); <see langword="null"/> where nothing is said.</summary>
    public TimeSpan? CrawlDelay { get; private set; }

    /// <summary>Reads a robots.txt. Lines that are none of its rules are passed over (RFC 9309 §2.2.4).</summary>
    /// <param name="text">The text.</param>
    /// <param name="product">The crawler's product token; matched without regard to case. Groups for it go before those for <c>*</c>.</param>
    public static RobotsRules Parse(string text, string product)
    {
        RobotsRules own = new(), others = new();
        bool hasOwn = false, isOwn = false, isOthers = false, isInRules = true;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (!TrySplit(line, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)) continue;

            if (name.Equals("user-agent", StringComparison.OrdinalIgnoreCase))
            {
                // §2.2.1: user-agent lines that follow one another begin one group; a rule ends the row of them.
                if (isInRules) (isOwn, isOthers, isInRules) = (false, false, false);
                isOthers |= value is "*";
                isOwn |= TokenOf(value).Equals(product, StringComparison.OrdinalIgnoreCase);
                hasOwn |= isOwn;
                continue;
            }

            if (!IsRule(name)) continue;
            isInRules = true;
            if (isOwn) own.Add(name, value);
            if (isOthers) others.Add(name, value);
        }

        return hasOwn ? own : others;
    }

    /// <summary>Whether a path may be fetched: the longest rule that matches it decides, and of two equally long ones the one that allows (§2.2.2).</summary>
    /// <param name="pathAndQuery">The path with its query, as in a URL.</param>
    public bool IsAllowed(string pathAndQuery)
    {
        if (pathAndQuery is "/robots.txt") return true; // §2.2.2

        string path = RobotsRule.NormalizePath(pathAndQuery);
        RobotsRule? best = null;
        foreach (RobotsRule rule in _rules)
        {
            if (rule.Matches(path) && (best is null || rule.Length > best.Length || (rule.Length == best.Length && rule.Allows))) best = rule;
        }

        return best?.Allows ?? true;
    }

    /// <summary>The shortest robots.txt that says the same to every crawler: one group, of the rules that count.</summary>
    public override string ToString()
    {
        if (_rules.Count == 0 && CrawlDelay is null) return "";

        StringBuilder text = new("User-agent: *\n");
        foreach (RobotsRule rule in _rules) text.Append(rule.Allows ? "Allow: " : "Disallow: ").Append(rule.Pattern).Append('\n');
        if (CrawlDelay is { } delay) text.Append(CultureInfo.InvariantCulture, $"Crawl-delay: {delay.TotalSeconds:0.###}\n");
        return text.ToString();
    }

    private static bool IsRule(ReadOnlySpan<char> name) =>
        name.Equals("allow", StringComparison.OrdinalIgnoreCase) || name.Equals("disallow", StringComparison.OrdinalIgnoreCase) || name.Equals("crawl-delay", StringComparison.OrdinalIgnoreCase);

    private void Add(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (name.Equals("crawl-delay", StringComparison.OrdinalIgnoreCase))
        {
            // "NaN" and "-Infinity" are numbers to it.
            if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds >= 0 && seconds <= TimeSpan.FromDays(1).TotalSeconds)
                CrawlDelay = TimeSpan.FromSeconds(seconds);
            return;
        }

        if (!value.IsEmpty) _rules.Add(new(value.ToString(), name.Equals("allow", StringComparison.OrdinalIgnoreCase))); // an empty rule matches nothing
    }

    private static bool TrySplit(ReadOnlySpan<char> line, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        int comment = line.IndexOf('#');
        if (comment >= 0) line = line[..comment];
        int colon = line.IndexOf(':');
        name = colon < 0 ? default : line[..colon].Trim(" \t\uFEFF");
        value = colon < 0 ? default : line[(colon + 1)..].Trim(" \t");
        return colon >= 0;
    }

    // §2.2.1: the token ends with the first character that none can have: "ExampleBot/1.0" names ExampleBot. Digits are in none by the standard, and in the names of well-known crawlers.
    private static ReadOnlySpan<char> TokenOf(ReadOnlySpan<char> value)
    {
        int length = 0;
        while (length < value.Length && (char.IsAsciiLetterOrDigit(value[length]) || value[length] is '_' or '-')) length++;
        return value[..length];
    }
}
