namespace RequestsAsync.Testing;

/// <summary>Where a script of a <see cref="FaultyServer"/> could not go on.</summary>
/// <param name="Connection">The connection it ran on, from 1; 0 when no connection could be accepted.</param>
/// <param name="Step">The step it was at, such as <c>ReadHead()</c>; empty for a function given to <see cref="FaultyServer.Serve"/>.</param>
/// <param name="Exception">What was thrown.</param>
/// <param name="Time">When, by the clock of <see cref="FaultyServerOptions.TimeProvider"/>.</param>
/// <param name="IsClient">
/// Whether the client is the cause: it closed, reset, refused the certificate or sent what is no HTTP. Otherwise a function of the script threw.
/// </param>
/// <param name="IsExpected">Whether the script had said <see cref="FaultyScript.MayLeave"/> before, and the client is the cause.</param>
public sealed record FaultyFailure(int Connection, string Step, Exception Exception, DateTimeOffset Time, bool IsClient, bool IsExpected)
{
    /// <summary>One line: the connection, the step and the message.</summary>
    public override string ToString() => Step.Length == 0
        ? $"connection {Connection}: {Exception.Message}"
        : $"connection {Connection}, {Step}: {Exception.Message}";
}
