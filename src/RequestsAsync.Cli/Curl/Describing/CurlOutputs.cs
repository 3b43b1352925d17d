using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>Which file a body goes to, by <c>-o</c>, <c>-O</c> and <c>--output-dir</c>.</summary>
internal static class CurlOutputs
{
    /// <param name="operation">The options.</param>
    /// <param name="index">Which of the URLs it is.</param>
    /// <param name="url">The URL after globbing.</param>
    /// <param name="matches">What the URL's patterns became, for <c>#1</c>.</param>
    public static CurlOutput Choose(CurlOperation operation, int index, string url, IReadOnlyList<string> matches)
    {
        bool isNamed = index < operation.Outputs.Count;
        if (!isNamed && !operation.NamesAllFiles) return CurlOutput.Standard;

        string? given = isNamed ? operation.Outputs[index] : null;
        if (given == "-") return CurlOutput.Standard;

        string path = given is null ? SafeName(CurlUrl.FileName(CurlUrl.WithScheme(url, operation.DefaultScheme))) : Fill(given, matches);
        return new(operation.OutputFolder is { } folder ? Path.Combine(folder, path) : path, IsRemoteName: given is null);
    }

    private static string Fill(string path, IReadOnlyList<string> matches)
    {
        for (int i = matches.Count; i > 0; i--)
            path = path.Replace(string.Create(CultureInfo.InvariantCulture, $"#{i}"), matches[i - 1], StringComparison.Ordinal);
        return path;
    }

    // A URL's last segment may hold what is no part of a name here.
    private static string SafeName(string name) =>
        string.Concat(name.Select(static c => char.IsControl(c) || Path.GetInvalidFileNameChars().Contains(c) ? '_' : c));
}
