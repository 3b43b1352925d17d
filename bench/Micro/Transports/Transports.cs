namespace RequestsAsync.Micro;

/// <summary>Makes the handlers that stand under the contenders.</summary>
internal static class Transports
{
    /// <summary>What a caller who knows his way sets up, and what each contender but one gets.</summary>
    public static HttpMessageHandler Tuned(Transport transport, Answer answer) => transport == Transport.Handler
        ? new InstantHandler(answer)
        : new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = (_, _) => new(new MemoryConnection(answer)),
        };

    /// <summary>As <c>new HttpClient()</c> has it.</summary>
    public static HttpMessageHandler Default(Transport transport, Answer answer) => transport == Transport.Handler
        ? new InstantHandler(answer)
        : new SocketsHttpHandler { ConnectCallback = (_, _) => new(new MemoryConnection(answer)) };
}
