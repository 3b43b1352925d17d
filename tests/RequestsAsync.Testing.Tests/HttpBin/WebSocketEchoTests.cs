using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace RequestsAsync.Testing.Tests;

public class WebSocketEchoTests(WireFixture wires) : IClassFixture<WireFixture>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [MemberData(nameof(WireFixture.Wires), MemberType = typeof(WireFixture))]
    public async Task Text_and_bytes_come_back_as_they_were_sent(string wire)
    {
        using ClientWebSocket socket = await ConnectAsync(wire, "/ws/echo");
        byte[] large = new byte[100_000];
        Random.Shared.NextBytes(large);
        foreach ((WebSocketMessageType type, byte[] content) in ((WebSocketMessageType, byte[])[])
            [(WebSocketMessageType.Text, Encoding.UTF8.GetBytes("žluť")), (WebSocketMessageType.Binary, large), (WebSocketMessageType.Text, [])])
        {
            await socket.SendAsync(content.AsMemory(), type, endOfMessage: true, None);
            (WebSocketMessageType echoedType, byte[] echoed) = await ReceiveAsync(socket);
            Assert.Equal(type, echoedType);
            Assert.Equal(content, echoed);
        }

        await socket.CloseAsync((WebSocketCloseStatus)4321, "enough", None);
        Assert.Equal((WebSocketCloseStatus)4321, socket.CloseStatus);
        Assert.Equal("enough", socket.CloseStatusDescription);
    }

    [Fact]
    public async Task Fragments_come_back_as_one_message()
    {
        using ClientWebSocket socket = await ConnectAsync("http/1.1", "/ws/echo");
        await socket.SendAsync("one "u8.ToArray().AsMemory(), WebSocketMessageType.Text, endOfMessage: false, None);
        await socket.SendAsync("two"u8.ToArray().AsMemory(), WebSocketMessageType.Text, endOfMessage: true, None);
        Assert.Equal("one two", Encoding.UTF8.GetString((await ReceiveAsync(socket)).Content));
    }

    [Theory]
    [InlineData("close=1000", WebSocketCloseStatus.NormalClosure, "")]
    [InlineData("close=4000&reason=bye", (WebSocketCloseStatus)4000, "bye")]
    [InlineData("close=1011&after=2", WebSocketCloseStatus.InternalServerError, "")]
    public async Task The_server_closes_when_it_is_asked_to(string query, WebSocketCloseStatus status, string reason)
    {
        using ClientWebSocket socket = await ConnectAsync("http/1.1", "/ws/echo?" + query);
        for (int i = query.Contains("after=2", StringComparison.Ordinal) ? 2 : 0; i > 0; i--)
        {
            await socket.SendAsync("x"u8.ToArray().AsMemory(), WebSocketMessageType.Text, endOfMessage: true, None);
            Assert.Equal(WebSocketMessageType.Text, (await ReceiveAsync(socket)).Type);
        }

        Assert.Equal(WebSocketMessageType.Close, (await ReceiveAsync(socket)).Type);
        Assert.Equal(status, socket.CloseStatus);
        Assert.Equal(reason, socket.CloseStatusDescription ?? "");
        await socket.CloseAsync(status, null, None);
    }

    [Theory]
    [InlineData("", "a b", "a")]
    [InlineData("?subprotocol=b", "a b", "b")]
    [InlineData("?subprotocol=c", "a b", null)]
    [InlineData("?subprotocol=c", "", null)]
    public async Task A_subprotocol_is_agreed_on(string query, string requested, string? agreed)
    {
        using ClientWebSocket socket = await ConnectAsync("http/1.1", "/ws/echo" + query, requested.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(agreed, socket.SubProtocol);
    }

    [Theory]
    [InlineData("/ws/echo", 426)]
    [InlineData("/ws/echo?close=1", 426)]
    public async Task Without_an_upgrade_it_asks_for_one(string path, int status)
    {
        await using Session session = wires.Open("http/1.1");
        Response response = await session.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("websocket", response.Headers["Upgrade"]);
    }

    [Theory]
    [InlineData("close=1005")]
    [InlineData("close=999")]
    [InlineData("after=-1")]
    public async Task What_cannot_be_is_refused(string query) =>
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("http/1.1", "/ws/echo?" + query));

    [Fact]
    public async Task A_stop_ends_an_open_socket()
    {
        var bin = await HttpBin.StartAsync();
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri(bin.Url.Replace("http", "ws", StringComparison.Ordinal) + "/ws/echo"), None);
        Task<(WebSocketMessageType, byte[])> receive = ReceiveAsync(socket);
        await bin.DisposeAsync();
        await Assert.ThrowsAnyAsync<WebSocketException>(() => receive);
    }

    private async Task<ClientWebSocket> ConnectAsync(string wire, string path, params string[] subprotocols)
    {
        var socket = new ClientWebSocket();
        foreach (string subprotocol in subprotocols) socket.Options.AddSubProtocol(subprotocol);
        socket.Options.HttpVersion = WireFixture.IsHttp2(wire) ? HttpVersion.Version20 : HttpVersion.Version11;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { wires.Secure.CertificateAuthority! },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        HttpBin bin = WireFixture.IsSecure(wire) ? wires.Secure : wires.Plain;
        await socket.ConnectAsync(new Uri(bin.Url.Replace("http", "ws", StringComparison.Ordinal) + path), new HttpMessageInvoker(handler), None);
        return socket;
    }

    private static async Task<(WebSocketMessageType Type, byte[] Content)> ReceiveAsync(ClientWebSocket socket)
    {
        using var content = new MemoryStream();
        byte[] buffer = new byte[4096];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            content.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return (part.MessageType, content.ToArray());
        }
    }
}
