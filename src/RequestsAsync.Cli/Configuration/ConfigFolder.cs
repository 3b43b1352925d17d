namespace RequestsAsync.Cli;

/// <summary>Where the command keeps its configuration and its named sessions.</summary>
internal static class ConfigFolder
{
    /// <summary>The folder: <c>$REQUESTS_CONFIG_DIR</c>, else <c>requests</c> in <c>$XDG_CONFIG_HOME</c> or <c>~/.config</c>, on Windows in <c>%APPDATA%</c>.</summary>
    public static string Path(Func<string, string?> variable)
    {
        if (variable("REQUESTS_CONFIG_DIR") is { Length: > 0 } own) return ItemFile.Expand(own);
        if (variable("XDG_CONFIG_HOME") is { Length: > 0 } xdg && System.IO.Path.IsPathRooted(xdg)) return System.IO.Path.Combine(xdg, "requests");

        string home = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        return System.IO.Path.Combine(home, "requests");
    }
}
