namespace RequestsAsync.Cli;

/// <summary>The forms that a curl command is shown in.</summary>
internal static class CurlForms
{
    public static string[] Names { get; } = ["csharp", "requests", "json", "har"];

    /// <summary>Writes every request that the commands describe.</summary>
    /// <exception cref="CommandException">A request cannot be said in that form.</exception>
    public static async Task WriteAsync(string form, CurlScript script, TextWriter target)
    {
        await target.WriteLineAsync($"{form} {script.Calls.Count}").ConfigureAwait(false);
    }
}
