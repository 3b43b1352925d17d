namespace RequestsAsync.Cli;

/// <summary>The variables that a pasted command may name: those it sets itself, and the environment's.</summary>
/// <param name="environment">Looks a variable up.</param>
/// <param name="keepUnset">
/// What becomes of a variable that is not set: it stays as it is written, for a command that is only shown; otherwise it is empty, as in a shell.
/// </param>
internal sealed class ShellVariables(Func<string, string?> environment, bool keepUnset)
{
    private readonly Dictionary<string, string> _own = new(StringComparer.Ordinal);
    private readonly List<string> _unset = [];

    /// <summary>The variables that were named and are not set, each once.</summary>
    public IReadOnlyList<string> Unset => _unset;

    public void Set(string name, string value) => _own[name] = value;

    /// <summary>The value of a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="spelled">How it is written, <c>${name}</c> for example.</param>
    public string Expand(string name, string spelled)
    {
        if (Find(name) is { } value) return value;

        if (!_unset.Contains(name)) _unset.Add(name);
        return keepUnset ? spelled : "";
    }

    /// <summary>The value, or <see langword="null"/>.</summary>
    public string? Find(string name) => _own.GetValueOrDefault(name) ?? environment(name);
}
