namespace RequestsAsync;

/// <summary>What a <see cref="HarLog"/> keeps.</summary>
public sealed record HarOptions
{
    /// <summary>Whether secrets are kept as they are.</summary>
    /// <value>
    /// Default: <see langword="false"/>. Then <c>[redacted]</c> stands for the values of <c>Authorization</c>, <c>Proxy-Authorization</c>, <c>Cookie</c>,
    /// <c>Set-Cookie</c> and the headers of <see cref="SessionOptions.SensitiveHeaders"/>'s default, and for values whose name speaks of a password, a secret, a
    /// token or a key in queries, forms, parts, JSON and XML; what an answer repeats of these is hidden too where it is long and mixed enough to be no accident.
    /// Content in a coding that cannot be undone here is left out.
    /// </value>
    public bool KeepsSecrets { get; init; }

    /// <summary>How much of a body is kept, in bytes; of a longer one only its size is.</summary>
    /// <value>Default: 1 MiB.</value>
    public int MaxBodyBytes { get; init; } = 1 << 20;

    /// <summary>The clock that says when a request was started.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
