using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary>The list of URLs that <c>requests bulk</c> and <c>requests bulk submit</c> read.</summary>
internal static class BulkInput
{
    /// <summary>Opens it; '-' is the standard input.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static Stream Open(StandardStreams streams, string input)
    {
        if (input == "-") return streams.OpenInput();
        try
        {
            return new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the input {input} cannot be read: {e.Message}");
        }
    }

    /// <summary>What <c>--format</c> says.</summary>
    /// <exception cref="CommandException">It says nothing that is known.</exception>
    public static InputFormat FormatOf(string? text) => text switch
    {
        null or "auto" => InputFormat.Auto,
        "text" => InputFormat.Text,
        "jsonl" => InputFormat.JsonLines,
        _ => throw CommandException.Usage($"--format takes auto, text or jsonl, not '{text}'."),
    };
}
