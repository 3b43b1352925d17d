namespace RequestsAsync.Cli;

/// <summary>The arguments as the parser gets them.</summary>
internal sealed class Words
{
    private Words(string[] forParser, string[] afterDashes, bool areRequest)
    {
        ForParser = forParser;
        AfterDashes = afterDashes;
        AreRequest = areRequest;
    }

    /// <summary>What the parser reads.</summary>
    public string[] ForParser { get; }

    /// <summary>What stood after <c>--</c>: words that are no options, whatever they begin with.</summary>
    public string[] AfterDashes { get; }

    /// <summary>Whether they are a request, and no subcommand: the first word alone decides, so that a subcommand's name may be an item's or an option's value.</summary>
    public bool AreRequest { get; }

    /// <summary>Splits the arguments, and puts the configuration's before those of a request.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="isSubcommand">Whether a word is the name of a subcommand.</param>
    /// <exception cref="CommandException">The configuration cannot be read.</exception>
    public static Words Split(string[] arguments, Predicate<string> isSubcommand)
    {
        string? first = arguments.FirstOrDefault(static word => word is not ("--debug" or "--traceback"));
        if (first == "curl") return new(CurlSubcommand.Protect(arguments), [], areRequest: false);
        if (first is null || isSubcommand(first)) return new(arguments, [], areRequest: first is null);

        int dashes = Array.IndexOf(arguments, "--");
        string[] before = dashes < 0 ? arguments : arguments[..dashes];
        string[] after = dashes < 0 ? [] : arguments[(dashes + 1)..];
        IReadOnlyList<string> defaults = ConfigFile.ReadDefaults(ConfigFolder.Path(Environment.GetEnvironmentVariable));
        return new([.. defaults, .. before], after, areRequest: true);
    }
}
