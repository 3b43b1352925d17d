namespace RequestsAsync;

/// <summary>The hosts and credentials of a netrc file, read as CPython's <c>netrc</c> and curl read it.</summary>
internal sealed class Netrc
{
    private readonly List<NetrcEntry> _entries;

    private Netrc(List<NetrcEntry> entries) => _entries = entries;

    public IReadOnlyList<NetrcEntry> Entries => _entries;

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The file's name for error messages.</param>
    /// <exception cref="InvalidRequestException">The text is no netrc; the message has the line, and never a token, which might be a secret.</exception>
    public static Netrc Parse(string text, string file)
    {
        NetrcLexer lexer = new(text.TrimStart('\ufeff'), file);
        List<NetrcEntry> entries = [];
        string? keyword = lexer.ReadKeyword();
        while (keyword is not null)
        {
            switch (keyword)
            {
                case "machine":
                    string machine = lexer.ReadValue() ?? throw lexer.Error("'machine' has no name");
                    keyword = ReadEntry(lexer, new(machine, Login: null, Password: null, Account: null), entries);
                    break;
                case "default":
                    keyword = ReadEntry(lexer, new(Machine: null, Login: null, Password: null, Account: null), entries);
                    break;
                case "macdef":
                    _ = lexer.ReadValue() ?? throw lexer.Error("'macdef' has no name");
                    lexer.SkipMacro();
                    keyword = lexer.ReadKeyword();
                    break;
                default:
                    throw lexer.Error("'machine', 'default' or 'macdef' was expected");
            }
        }

        return new(entries);
    }

    /// <summary>The credentials for a host, or <see langword="null"/>.</summary>
    /// <param name="host">The host, without port or brackets.</param>
    /// <param name="login">The user where it is known already, as from a URL; entries of other users are passed over.</param>
    /// <remarks>
    /// The entries of the host itself hide <c>default</c>. As in curl the first with a password is taken, else the first
    /// with a login, whose password then is empty; an entry without login suits every user.
    /// </remarks>
    public UserCredentials? Find(string host, string? login = null)
    {
        bool isNamed = _entries.Exists(entry => IsFor(entry, host));
        NetrcEntry? found = null;
        foreach (NetrcEntry entry in _entries)
        {
            bool isCandidate = isNamed ? IsFor(entry, host) : entry.Machine is null;
            if (!isCandidate || !Suits(entry, login)) continue;
            if (entry.Password is not null)
            {
                found = entry;
                break;
            }

            if (entry.Login is not null) found ??= entry;
        }

        return found is null ? null : new(login ?? found.Login ?? "", found.Password ?? "");
    }

    /// <summary>Reads what follows a machine or default; returns the keyword that ended it.</summary>
    private static string? ReadEntry(NetrcLexer lexer, NetrcEntry entry, List<NetrcEntry> entries)
    {
        string? keyword;
        while ((keyword = lexer.ReadKeyword()) is not (null or "machine" or "default" or "macdef"))
        {
            entry = keyword switch
            {
                "login" or "user" => entry with { Login = lexer.ReadValue() },
                "password" => entry with { Password = lexer.ReadValue() },
                "account" => entry with { Account = lexer.ReadValue() },
                _ => throw lexer.Error("'login', 'password' or 'account' was expected"),
            };
        }

        entries.Add(entry);
        return keyword;
    }

    private static bool IsFor(NetrcEntry entry, string host) => host.Equals(entry.Machine, StringComparison.OrdinalIgnoreCase);

    private static bool Suits(NetrcEntry entry, string? login) =>
        login is null || string.IsNullOrEmpty(entry.Login) || entry.Login == login;
}
