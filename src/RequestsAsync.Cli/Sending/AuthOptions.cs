using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary>The options that say who sends the request.</summary>
internal sealed class AuthOptions
{
    private static readonly string[] Types = [Credentials.Basic, Credentials.Digest, Credentials.Bearer];

    private readonly Option<string?> _auth = OptionKinds.Text("--auth", "USER[:PASS]|TOKEN", "User and password; a password that is missing is asked for. For bearer the token.", "-a");
    private readonly Option<string?> _type = OptionKinds.Text("--auth-type", string.Join('|', Types), "How they are shown to the server; basic unless given.", "-A");
    private readonly Option<bool> _ignoreNetrc = OptionKinds.Flag("--ignore-netrc", "Do not look for credentials in the netrc file.");

    public void AddTo(Command command)
    {
        _type.CompletionSources.Add(Types);
        command.Options.Add(_auth);
        command.Options.Add(_type);
        command.Options.Add(_ignoreNetrc);
    }

    /// <summary>Whether the netrc file is read where nothing else gives credentials.</summary>
    public bool UsesNetrc(ParseResult parsed) => !parsed.GetValue(_ignoreNetrc);

    /// <summary>The credentials; <see langword="null"/> when none were given.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="host">The host, for the question.</param>
    /// <param name="askPassword">Asks for what is missing; gives <see langword="null"/> where there is nobody to ask.</param>
    /// <exception cref="CommandException">They are incomplete.</exception>
    public Credentials? Read(ParseResult parsed, string host, Func<string, string?> askPassword)
    {
        string? given = parsed.GetValue(_auth);
        string? type = parsed.GetValue(_type)?.ToLowerInvariant();
        if (type is not null && !Types.Contains(type)) throw CommandException.Usage($"--auth-type takes {string.Join(", ", Types)}, not '{type}'.");
        if (given is null) return type is null ? null : throw CommandException.Usage($"--auth-type {type} needs --auth.");
        if (type == Credentials.Bearer || given.Contains(':', StringComparison.Ordinal)) return new(type ?? Credentials.Basic, given);

        string? password = askPassword($"password for {given}@{host}: ");
        return password is not null
            ? new(type ?? Credentials.Basic, $"{given}:{password}")
            : throw CommandException.Usage($"--auth {given} has no password, and there is no terminal to ask for it.", "Write --auth USER:PASSWORD; 'USER:' has an empty one.");
    }
}
