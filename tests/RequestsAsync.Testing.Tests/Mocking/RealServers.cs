namespace RequestsAsync.Testing.Tests;

/// <summary>Servers on real sockets, with which the mock is compared.</summary>
internal static class RealServers
{
    /// <summary>Reads a head, writes this, and closes or resets.</summary>
    internal static FaultyServer Answering(string answer, bool resets = false) => FaultyServer.Serve(async connection =>
    {
        connection.MayLeave();
        if (await connection.ReadHeadAsync() is null) return;
        if (answer.Length > 0) await connection.WriteAsync(answer);
        if (resets) connection.Reset();
    });

    /// <summary>Reads the first byte of whatever comes, and answers in plain text.</summary>
    internal static FaultyServer WithoutTls() => FaultyServer.Serve(static async connection =>
    {
        connection.MayLeave();
        await connection.ReadBytesAsync(1);
        await connection.WriteAsync("no TLS here, sorry\r\n");
        connection.HalfClose();
        await connection.WaitForCloseAsync();
    });

    /// <summary>Reads a head, and says nothing.</summary>
    internal static FaultyServer Silent() => FaultyServer.Start(static script => script.ReadHead().MayLeave().Never());
}
