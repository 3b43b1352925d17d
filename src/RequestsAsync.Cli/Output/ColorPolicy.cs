namespace RequestsAsync.Cli;

/// <summary>Whether colours are wanted where the command line says nothing about them.</summary>
internal static class ColorPolicy
{
    /// <summary>
    /// <c>NO_COLOR</c> forbids them (no-color.org), then <c>CLICOLOR_FORCE</c> demands them even in a pipe, then <c>TERM=dumb</c> and
    /// <c>CLICOLOR=0</c> refuse them; otherwise a terminal has them and a pipe has not.
    /// </summary>
    /// <param name="isTerminal">Whether the output is a terminal.</param>
    /// <param name="environment">The value of an environment variable.</param>
    public static bool WantsColors(bool isTerminal, Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(environment("NO_COLOR"))) return false;
        if (environment("CLICOLOR_FORCE") is { Length: > 0 } and not "0") return true;
        return isTerminal && environment("TERM") != "dumb" && environment("CLICOLOR") != "0";
    }
}
