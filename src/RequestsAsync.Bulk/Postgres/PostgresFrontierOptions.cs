namespace RequestsAsync.Bulk;

/// <summary>How a <see cref="PostgresFrontier"/> works.</summary>
public sealed record PostgresFrontierOptions
{
    /// <summary>The schema that holds the tables. It belongs to jobs alone, and is made where it is not there.</summary>
    /// <value>Default: <c>requests_bulk</c>.</value>
    public string Schema { get; init; } = "requests_bulk";

    /// <summary>Whether a job that is not there is begun.</summary>
    /// <value>Default: <see langword="true"/>. Workers set it to <see langword="false"/>, so that a name that is mistyped is told.</value>
    public bool CreateJob { get; init; } = true;

    /// <summary>How long a call is made again after a failure that may pass: the server restarts, the connection is lost, transactions were in each other's way.</summary>
    /// <value>Default: 60 seconds.</value>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often <see cref="IFrontier.WaitAsync"/> looks whether there is something to lease.</summary>
    /// <value>Default: 100 milliseconds.</value>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The clock of waiting and of <see cref="RetryFor"/>. Leases, delays and blocks go by the server's clock alone.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
