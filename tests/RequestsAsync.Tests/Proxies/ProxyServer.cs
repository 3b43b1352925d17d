namespace RequestsAsync.Tests;

/// <summary>Proxies of raw bytes, and the answers they give.</summary>
internal static class ProxyServer
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    public const string TunnelOpen = "HTTP/1.1 200 Connection established\r\n\r\n";

    /// <summary>Answers each request of each connection by its head; an answer that says so closes the connection.</summary>
    public static FaultyServer Start(Func<string, string> answer) => FaultyServer.Serve(async connection =>
    {
        while (await connection.ReadHeadAsync() is { Head: var head })
        {
            string text = answer(head);
            await connection.WriteAsync(text);
            if (text.Contains("Connection: close", StringComparison.Ordinal)) return;
        }
    });

    /// <summary>A 407 without content.</summary>
    public static string Challenge(string challenge, string fields = "Content-Length: 0\r\n") =>
        $"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: {challenge}\r\n{fields}\r\n";

    /// <summary>The value of a field of a request's head, or <see langword="null"/>.</summary>
    public static string? Field(string head, string name) => head.Split("\r\n")
        .Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 2)..])
        .SingleOrDefault();
}
