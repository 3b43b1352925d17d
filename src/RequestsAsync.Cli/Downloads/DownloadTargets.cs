using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary><c>URL… [ITEM…]</c> of a download, told apart in any order after the first URL.</summary>
/// <param name="Urls">The URLs as they were typed.</param>
/// <param name="Items">Header fields and parameters of the query, for each of the URLs.</param>
internal sealed record DownloadTargets(IReadOnlyList<string> Urls, IReadOnlyList<RequestItem> Items)
{
    /// <summary>Tells the words apart.</summary>
    public static DownloadTargets Of(IEnumerable<string> words)
    {
        List<string> urls = [];
        List<RequestItem> items = [];
        foreach (string word in words)
        {
            if (urls.Count > 0 && ItemOf(word) is { } item) items.Add(item);
            else urls.Add(word);
        }

        return new(urls, items);
    }

    /// <summary>The first item that would be content, which a download has none of, or <see langword="null"/>.</summary>
    public string? FindContent() => Items.FirstOrDefault(static item => !IsHeader(item.Kind) && item.Kind is not (ItemKind.Query or ItemKind.QueryFromFile))?.Source;

    private static bool IsHeader(ItemKind kind) => kind is ItemKind.Header or ItemKind.EmptyHeader or ItemKind.HeaderFromFile;

    // A host has a full stop, a path or a port before the path; a name of a field has not. Where that does not decide, the scheme does.
    private static RequestItem? ItemOf(string word)
    {
        if (word is [':' or '/' or '[', ..] || UrlShorthand.HasScheme(word) || !ItemParser.TryParse(word, out RequestItem? item)) return null;
        if (item.Name.AsSpan().ContainsAny('/', '?', '#')) return null;
        if (!IsHeader(item.Kind)) return item;

        bool isHost = item.Name.Contains('.', StringComparison.Ordinal) || item.Name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || HasPortAndPath(item.Value);
        return isHost ? null : item;
    }

    private static bool HasPortAndPath(string value)
    {
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && ushort.TryParse(value.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }
}
