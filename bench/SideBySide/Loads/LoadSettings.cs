namespace RequestsAsync.SideBySide;

/// <summary>What a client's process is asked to do.</summary>
internal sealed record LoadSettings
{
    /// <summary>The options without a value.</summary>
    public static readonly string[] Flags = ["--http2"];

    /// <summary>The client's name.</summary>
    public required string Client { get; init; }

    /// <summary>What it does.</summary>
    public required LoadShape Shape { get; init; }

    /// <summary>Whom it asks.</summary>
    public required string Url { get; init; }

    /// <summary>How many requests are under way at once.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>How long it does the same before it measures.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>How long it measures.</summary>
    public TimeSpan Measured { get; init; }

    /// <summary>How long every body has to be, in bytes.</summary>
    public int Expected { get; init; }

    /// <summary>A PEM file with the authority to trust.</summary>
    public string? Authority { get; init; }

    /// <summary>Whether to speak HTTP/2.</summary>
    public bool Http2 { get; init; }

    /// <summary>The file to save as.</summary>
    public string? Target { get; init; }

    /// <summary>The port at which a holding server takes its orders.</summary>
    public int ControlPort { get; init; }

    /// <exception cref="FormatException">An option is wrong, or lacking.</exception>
    public static LoadSettings Parse(string client, Arguments arguments)
    {
        arguments.RefuseOthersThan("--shape", "--url", "--connections", "--warm-up", "--seconds", "--expect", "--ca", "--http2", "--target", "--control");
        return new LoadSettings
        {
            Client = client,
            Shape = LoadShapes.Parse(arguments.Text("--shape")),
            Url = arguments.Text("--url") ?? throw new FormatException("--url is lacking."),
            Connections = arguments.Number("--connections") ?? 1,
            WarmUp = arguments.Seconds("--warm-up") ?? TimeSpan.FromSeconds(1),
            Measured = arguments.Seconds("--seconds") ?? TimeSpan.FromSeconds(3),
            Expected = arguments.Number("--expect") ?? 0,
            Authority = arguments.Text("--ca"),
            Http2 = arguments.Has("--http2"),
            Target = arguments.Text("--target"),
            ControlPort = arguments.Number("--control") ?? 0,
        };
    }

    /// <summary>The same as words, which the clients in Python read too.</summary>
    public IEnumerable<string> ToWords() =>
    [
        "--shape", Shape.Word(),
        "--url", Url,
        "--connections", Invariant($"{Connections}"),
        "--warm-up", Invariant($"{WarmUp.TotalSeconds}"),
        "--seconds", Invariant($"{Measured.TotalSeconds}"),
        "--expect", Invariant($"{Expected}"),
        .. Authority is { } file ? (string[])["--ca", file] : [],
        .. Http2 ? (string[])["--http2"] : [],
        .. Target is { } target ? (string[])["--target", target] : [],
        .. ControlPort > 0 ? (string[])["--control", Invariant($"{ControlPort}")] : [],
    ];

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
