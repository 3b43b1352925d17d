namespace RequestsAsync.Testing;

/// <summary>How a <see cref="Cassette"/> finds entries, what it hides and what it keeps.</summary>
public sealed record CassetteOptions
{
    /// <summary>Which parts of a request must match.</summary>
    /// <value>Default: <see cref="CassetteMatch.All"/>.</value>
    public CassetteMatch Match { get; init; } = CassetteMatch.All;

    /// <summary>Names of header fields that must match too, their values one by one. A secret one is compared by whether it is there.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyCollection<string> MatchHeaders { get; init; } = [];

    /// <summary>Names in the query that do not count, a cache buster's for example.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyCollection<string> IgnoreQuery { get; init; } = [];

    /// <summary>What else must be true of an entry (first) for a request (second), both without their secrets.</summary>
    /// <value>Default: <see langword="null"/>, nothing.</value>
    public Func<CassetteRequest, CassetteRequest, bool>? Matches { get; init; }

    /// <summary>Whether the last of the entries for a request answers it again when all of them were used.</summary>
    /// <value>Default: <see langword="false"/>: each entry answers once.</value>
    public bool AllowRepeats { get; init; }

    /// <summary>Whether disposing the cassette fails as <see cref="Cassette.Verify"/> does.</summary>
    /// <value>Default: <see langword="false"/>. An exception that a test throws is lost behind that of a failing dispose.</value>
    public bool VerifyOnDispose { get; init; }

    /// <summary>Whether secrets are written as they are.</summary>
    /// <value>
    /// Default: <see langword="false"/>. Then <c>[redacted]</c> stands for: the values of <c>Authorization</c>, <c>Proxy-Authorization</c>, API-key and token
    /// fields; of cookies; of names that speak of a password, a secret, a token or a key in queries, fragments, forms, parts, JSON (also within its strings) and
    /// XML, in errors too; and for whatever an answer repeats of these, where it is long and mixed enough to be no accident. User names and passwords in URLs
    /// are left out, and so is content in a coding that cannot be undone here (zstd), for nobody could look into it.
    /// </value>
    public bool KeepsSecrets { get; init; }

    /// <summary>More names of secrets: of header fields, parameters, members and elements. Case, <c>-</c> and <c>_</c> do not count.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyCollection<string> SecretNames { get; init; } = [];

    /// <summary>Whether a value is secret though its name does not say so: called with name and value.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public Func<string, string, bool>? IsSecret { get; init; }

    /// <summary>Changes each URL, field value and text after everything else was hidden: for a secret in a path, for example. It must leave its own result as it is.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public Func<string, string>? Redact { get; init; }

    /// <summary>How many bytes a body may have that is recorded, as on the way; a longer one is a <see cref="CassetteException"/>.</summary>
    /// <value>Default: 10 MiB.</value>
    public int MaxBodyBytes { get; init; } = 10 << 20;

    /// <summary>Whether answers take the time that they took when they were recorded, piece by piece.</summary>
    /// <value>Default: <see langword="false"/>: everything is there at once.</value>
    public bool ReplayTimings { get; init; }

    /// <summary>Header fields whose change alone does not make an entry a new one when it is recorded again.</summary>
    /// <value>Default: <c>Date</c>, <c>Age</c>, <c>Server-Timing</c>, <c>traceparent</c>, <c>tracestate</c>, <c>X-Request-Id</c>.</value>
    public IReadOnlyCollection<string> VolatileHeaders { get; init; } = ["Date", "Age", "Server-Timing", "traceparent", "tracestate", "X-Request-Id"];

    /// <summary>The clock of what is recorded and of <see cref="ReplayTimings"/>.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal HarSecretRules ToRules() => new() { KeepsSecrets = KeepsSecrets, Names = SecretNames, IsAlsoSecret = IsSecret, Rewrite = Redact };
}
