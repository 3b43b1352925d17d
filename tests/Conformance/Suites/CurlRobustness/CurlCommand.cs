using System.Globalization;
using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>A command line of curl's, as far as this library has the same.</summary>
internal sealed partial class CurlCommand
{
    // Those that say what is shown, which is no business of a library.
    private static readonly HashSet<string> Shown =
        new(StringComparer.Ordinal) { "-s", "--silent", "-S", "--show-error", "-i", "--include", "-v", "--verbose", "-N", "--no-buffer", "--no-progress-meter" };

    private static readonly HashSet<string> ShownWithValue = new(StringComparer.Ordinal) { "-D", "--dump-header", "--stderr" };

    private readonly Queue<string> _words;

    private CurlCommand(string command) => _words = new(Word().Matches(command).Skip(1).Select(word => Unquote(word.Value)));

    public List<string> Urls { get; } = [];

    public RequestOptions Options { get; } = new() { FollowRedirects = false };

    public string? Method { get; private set; }

    public bool FailsEarly { get; private set; }

    /// <summary>Whether content codings are undone, as this library always does.</summary>
    public bool IsDecoded { get; private set; }

    /// <summary>Whether the body goes to a file.</summary>
    public bool IsSaved { get; private set; }

    public string WriteOut { get; private set; } = "";

    /// <summary>The first option that this library has nothing like.</summary>
    public string? Foreign { get; private set; }

    public static CurlCommand Parse(string command)
    {
        CurlCommand result = new(command);
        while (result._words.TryDequeue(out string? word))
        {
            if (word.StartsWith('-')) result.Take(word);
            else result.Urls.Add(word);
        }

        return result;
    }

    // "--option=value", "-ovalue" and "-abc" are split into what they stand for.
    private void Take(string word)
    {
        bool isLong = word.StartsWith("--", StringComparison.Ordinal);
        int at = isLong ? word.IndexOf('=', StringComparison.Ordinal) : 2;
        string option = at > 0 && at < word.Length ? word[..at] : word;
        string? rest = option.Length == word.Length ? null : word[(isLong ? at + 1 : at)..];
        if (TakeFlag(option))
        {
            if (rest is not null) Take("-" + rest);
        }
        else if (!TakeValue(option, () => rest ?? (_words.TryDequeue(out string? next) ? next : "")))
        {
            Foreign ??= option;
        }
    }

    private bool TakeFlag(string option)
    {
        switch (option)
        {
            case "-L" or "--location":
                Options.FollowRedirects = true;
                break;
            case "-I" or "--head":
                Method = "HEAD";
                break;
            case "--compressed":
                IsDecoded = true;
                break;
            case "--fail-early":
                FailsEarly = true;
                break;
            case "--remove-on-error":
                // A file of half a body is never left behind.
                break;
            default:
                return Shown.Contains(option);
        }

        return true;
    }

    private bool TakeValue(string option, Func<string> value)
    {
        switch (option)
        {
            case "--max-filesize":
                if (!long.TryParse(value(), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)) Foreign ??= option;
                Options.MaxResponseBytes = bytes;
                break;
            case "-X" or "--request":
                Method = value();
                break;
            case "-H" or "--header":
                TakeHeader(value());
                break;
            case "-d" or "--data":
                Method ??= "POST";
                Options.Content = Body.FromText(value(), "application/x-www-form-urlencoded");
                break;
            case "-F" or "--form":
                Method ??= "POST";
                Options.Multipart = true;
                string[] part = value().Split('=', 2);
                Options.Form.Add(part[0], part[^1]);
                if (part[^1].StartsWith('@') || part[^1].StartsWith('<')) Foreign ??= option;
                break;
            case "-u" or "--user":
                string[] user = value().Split(':', 2);
                Options.Auth = Auth.Basic(user[0], user[^1]);
                break;
            case "-o" or "--output":
                IsSaved = true;
                value();
                break;
            case "-w" or "--write-out":
                WriteOut = value();
                break;
            default:
                if (!ShownWithValue.Contains(option)) return false;
                value();
                break;
        }

        return true;
    }

    private void TakeHeader(string field)
    {
        string[] parts = field.Split(':', 2);
        if (parts.Length == 2 && parts[1].Trim().Length > 0) Options.Headers.Add(parts[0], parts[1].Trim());
        else Options.Headers[parts[0]] = null;
    }

    private static string Unquote(string word) => Quote().Replace(word, "");

    [GeneratedRegex("""("[^"]*"|'[^']*'|[^\s"'])+""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex("""["']""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quote();
}
