namespace RequestsAsync;

/// <summary>Where the user's netrc file lies.</summary>
internal static class NetrcFile
{
    /// <summary>The file that <c>$NETRC</c> names, or else <c>.netrc</c> or <c>_netrc</c> in the home folder; <see langword="null"/> if it is not there.</summary>
    /// <param name="variable">Looks up an environment variable.</param>
    /// <param name="home">The home folder.</param>
    /// <param name="exists">Tells whether a file is there.</param>
    public static string? Locate(Func<string, string?> variable, string home, Func<string, bool> exists)
    {
        if (variable("NETRC") is { Length: > 0 } named)
        {
            // A variable set outside a shell may still hold the shell's tilde; requests expands it as well.
            string path = named.StartsWith("~/", StringComparison.Ordinal) ? Path.Join(home, named.AsSpan(2)) : named;
            return exists(path) ? path : null;
        }

        foreach (string name in (ReadOnlySpan<string>)[".netrc", "_netrc"])
        {
            string path = Path.Join(home, name);
            if (exists(path)) return path;
        }

        return null;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidRequestException">It cannot be read, or is no netrc.</exception>
    public static Netrc Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidRequestException($"The netrc file {path} cannot be read: {e.Message}", e);
        }

        return Netrc.Parse(text, path);
    }
}
