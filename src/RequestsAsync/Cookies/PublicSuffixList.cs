using System.Globalization;
using System.Text;

namespace RequestsAsync;

/// <summary>The names below which strangers register theirs (<c>com</c>, <c>co.uk</c>, <c>github.io</c>): no cookie may span one.</summary>
/// <remarks>
/// The rules stay what the resource is, sorted lines of ASCII, and are found by bisection: loading is one read of some
/// 120 kB, nothing is built, and a lookup takes about 14 comparisons for each label.
/// The resource is made offline by <c>eng/update-public-suffixes.py</c>; its header names the version of the list.
/// </remarks>
internal sealed class PublicSuffixList
{
    private readonly byte[] _rules;

    /// <param name="rules">Lines as the generator writes them: a name, its mark, a line feed; in ordinal order of the names.</param>
    private PublicSuffixList(byte[] rules) => _rules = rules;

    private enum Rule
    {
        None,
        Name,
        NamesBelow,
        NameAndNamesBelow,
        Exception,
    }

    /// <summary>The list inside the assembly, read when it is asked for the first time.</summary>
    public static PublicSuffixList Embedded => EmbeddedList.Instance;

    /// <summary>Reads a list in the format of publicsuffix.org, both sections of it.</summary>
    public static PublicSuffixList Parse(string list)
    {
        IdnMapping idn = new();
        SortedDictionary<string, string> marks = new(StringComparer.Ordinal);
        foreach (string line in list.Split('\n'))
        {
            string rule = line.Split([' ', '\t', '\r'], 2)[0];
            if (rule.Length == 0 || rule.StartsWith("//", StringComparison.Ordinal)) continue;

            string mark = rule[0] switch { '!' => "!", '*' => "*", _ => "" };
            string name = idn.GetAscii(rule.TrimStart('!', '*', '.')).ToLowerInvariant();
            marks[name] = marks.TryGetValue(name, out string? other) && other != mark ? "+" : mark;
        }

        return new(Encoding.ASCII.GetBytes(string.Concat(marks.Select(pair => $"{pair.Key}{pair.Value}\n"))));
    }

    /// <summary>
    /// Whether the name itself is a public suffix. A name of one label always is, as by the list's implied rule <c>*</c>.
    /// </summary>
    /// <param name="name">A host name in ASCII, of any case; one dot at its end is ignored.</param>
    public bool IsPublicSuffix(ReadOnlySpan<char> name)
    {
        name = WithoutRoot(name);
        return !name.IsEmpty && SuffixStart(name) == 0;
    }

    /// <summary>The public suffix and one label more, what a registrar sells; empty when the name has no such part.</summary>
    /// <inheritdoc cref="IsPublicSuffix" path="/param"/>
    public ReadOnlySpan<char> RegistrableDomain(ReadOnlySpan<char> name)
    {
        name = WithoutRoot(name);
        int suffix = SuffixStart(name);
        if (suffix == 0 || name[0] == '.') return [];

        return name[(name[..(suffix - 1)].LastIndexOf('.') + 1)..];
    }

    private static ReadOnlySpan<char> WithoutRoot(ReadOnlySpan<char> name) => name is [.. var rest, '.'] ? rest : name;

    /// <summary>Where the longest matching rule begins; an exception beats every rule (the list's algorithm, steps 1 to 5).</summary>
    private int SuffixStart(ReadOnlySpan<char> name)
    {
        int suffix = name.LastIndexOf('.') + 1;
        bool isBelowWildcard = false;
        for (int start = suffix; ; start = name[..(start - 1)].LastIndexOf('.') + 1)
        {
            Rule rule = Find(name[start..]);
            if (rule == Rule.Exception) return start + name[start..].IndexOf('.') + 1;
            if (isBelowWildcard || rule is Rule.Name or Rule.NameAndNamesBelow) suffix = start;
            if (start == 0) return suffix;

            isBelowWildcard = rule is Rule.NamesBelow or Rule.NameAndNamesBelow;
        }
    }

    private Rule Find(ReadOnlySpan<char> name)
    {
        int low = 0, high = _rules.Length; // Both are always the start of a line.
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            int start = low + _rules.AsSpan(low, middle - low).LastIndexOf((byte)'\n') + 1;
            int length = _rules.AsSpan(start).IndexOf((byte)'\n');
            int order = Compare(name, _rules.AsSpan(start, length), out Rule rule);
            if (order == 0) return rule;
            if (order < 0) high = start;
            else low = start + length + 1;
        }

        return Rule.None;
    }

    private static int Compare(ReadOnlySpan<char> name, ReadOnlySpan<byte> line, out Rule rule)
    {
        rule = line[^1] switch
        {
            (byte)'*' => Rule.NamesBelow,
            (byte)'+' => Rule.NameAndNamesBelow,
            (byte)'!' => Rule.Exception,
            _ => Rule.Name,
        };
        if (rule != Rule.Name) line = line[..^1];

        for (int i = 0; i < name.Length && i < line.Length; i++)
        {
            int order = (char.IsAsciiLetterUpper(name[i]) ? name[i] | 0x20 : name[i]) - line[i];
            if (order != 0) return order;
        }

        return name.Length - line.Length;
    }

    private static class EmbeddedList
    {
        public static readonly PublicSuffixList Instance = new(Read());

        private static byte[] Read()
        {
            using Stream resource = typeof(PublicSuffixList).Assembly.GetManifestResourceStream("PublicSuffixes.txt")!;
            byte[] text = new byte[resource.Length];
            resource.ReadExactly(text);
            return text[HeaderLength(text)..];
        }

        private static int HeaderLength(ReadOnlySpan<byte> text)
        {
            int start = 0;
            while (text[start..].StartsWith("//"u8)) start += text[start..].IndexOf((byte)'\n') + 1;
            return start;
        }
    }
}
