namespace RequestsAsync.Cli;

/// <summary>Every option that curl has (8.17), by name and by letter.</summary>
internal static partial class CurlOptionTable
{
    private static readonly CurlOption[] All = [.. Requests, .. Connections, .. Outputs, .. Refused, .. Idle];

    private static readonly Dictionary<string, CurlOption> ByName = All.ToDictionary(static option => option.Name, StringComparer.Ordinal);

    private static readonly Dictionary<char, CurlOption> ByLetter =
        All.Where(static option => option.Letter is not null).ToDictionary(static option => option.Letter!.Value);

    /// <summary>The option of a letter, or <see langword="null"/>.</summary>
    public static CurlOption? Find(char letter) => ByLetter.GetValueOrDefault(letter);

    /// <summary>The option of a name, or of the beginning of one where no other begins so.</summary>
    /// <param name="name">The name, without dashes.</param>
    /// <param name="candidates">The names that begin so.</param>
    public static CurlOption? Find(string name, out IReadOnlyList<string> candidates)
    {
        candidates = [];
        if (ByName.GetValueOrDefault(name) is { } exact) return exact;
        if (name.Length == 0) return null;

        candidates = [.. ByName.Keys.Where(known => known.StartsWith(name, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        return candidates is [var only] ? ByName[only] : null;
    }

    /// <summary>What is different here from what curl does with the option; <see langword="null"/> when nothing is.</summary>
    public static string? NoteOn(CurlOption option) => Notes.GetValueOrDefault(option.Name);

    private static CurlOption Flag(string name, char? letter, Action<CurlOperation, bool> apply) =>
        new(name, letter, TakesValue: false, (operation, _, on) => apply(operation, on), Refusal: null);

    private static CurlOption Value(string name, char? letter, Action<CurlOperation, string> apply) =>
        new(name, letter, TakesValue: true, (operation, value, _) => apply(operation, value), Refusal: null);

    private static IEnumerable<CurlOption> Refuse(string reason, bool takesValue, params string[] names) =>
        names.Select(name => new CurlOption(name, Letter: null, takesValue, Apply: null, reason));
}
