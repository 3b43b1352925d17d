using System.Text;

namespace RequestsAsync.Testing.Tests;

/// <summary>What each step puts on the wire.</summary>
public sealed class ScriptTests
{
    private const string Get = "GET /a?b HTTP/1.1\r\nHost: h\r\n\r\n";

    private readonly ManualTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, Action<FaultyScript>, string, string> Scripts => new()
    {
        { "a text", script => script.ReadHead().Write("half\u00fc"), Get, "half\u00fc" },
        { "bytes before the request", script => script.Write("early ").ReadHead().Write("late"), Get, "early late" },
        { "nothing", script => script.ReadHead(), Get, "" },
        { "by the request", script => script.ReadHead().Write(request => $"{request.Method} {request.Target} {request.Version}"), Get, "GET /a?b HTTP/1.1" },
        { "bytes by the request", script => script.ReadHead().Write(request => request.HeadBytes.ToArray()), Get, Get },
        { "a reply", script => script.ReadRequest().Reply(201, "gr\u00fcn"), Get, "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\ngr\u00c3\u00bcn" },
        { "a reply without content", script => script.ReadRequest().Reply(404), Get, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" },
        { "a reply with fields", script => script.ReadRequest().Reply(200, [("A", "1"), ("A", "2")], "x"), Get, "HTTP/1.1 200 OK\r\nA: 1\r\nA: 2\r\nContent-Length: 1\r\n\r\nx" },
        { "a reply by the request", script => script.ReadRequest().Reply(request => new(request.Target == "/a?b" ? 200 : 500)), Get, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" },
        { "a reply to HEAD", script => script.ReadRequest().Reply(200, "four"), "HEAD / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" },
        { "1xx first", script => script.ReadHead().Reply(103, [("Link", "</a>")]).Reply(204), Get, "HTTP/1.1 103 \r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n" },
        { "one way", script => script.ReadHead().When(request => request.Method == "GET", then => then.Write("yes"), otherwise => otherwise.Write("no")).Write("!"), Get, "yes!" },
        { "the other way", script => script.ReadHead().When(request => request.Method == "PUT", then => then.Write("yes"), otherwise => otherwise.Write("no")).Write("!"), Get, "no!" },
        { "a way that ends", script => script.ReadHead().When(request => request.Method == "GET", then => then.Write("end").Close()).Write("never"), Get, "end" },
        { "some rounds", script => script.Write("a").Repeat(3).Write("b"), "", "aaab" },
        { "rounds of rounds", script => script.Write("a").Repeat(2).Write("b").Repeat(2), "", "aabaab" },
        { "pipelined requests", script => script.ReadRequest().Write(request => request.Text).Repeat(), "PUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\noneGET / HTTP/1.1\r\n\r\nPUT / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2;x=y\r\ntw\r\n1\r\no\r\n0\r\nT: 1\r\n\r\n", "onetwo" },
        { "a count of bytes", script => script.ReadBytes(3).Write("go").Discard(2), "12345", "go" },
        { "the rest of a content", script => script.ReadHead().ReadBytes(3).ReadBody().Write(request => $"{request.Text} {request.IsComplete} {request.Raw.Length - request.HeadBytes.Length}"), "PUT / HTTP/1.1\r\nContent-Length: 5\r\n\r\n12345", "12345 True 5" },
        { "all of a content", script => script.ReadHead().ReadBytes(5).ReadBody().Write(request => request.Text), "PUT / HTTP/1.1\r\nContent-Length: 5\r\n\r\n12345", "12345" },
        { "the rest of chunks", script => script.ReadHead().ReadBytes(4).ReadBody().Write(request => request.Text), "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n", "one" },
        { "what is left of a content", script => script.ReadHead().Discard(2).ReadBytes(1).ReadBody().Write(request => request.Text), "PUT / HTTP/1.1\r\nContent-Length: 5\r\n\r\n12345", "345" },
        { "a way for one connection", script => script.ReadHead().When(request => request.Method == "GET", then => then.OnConnection(1, first => first.Write("first")).Write("other")).Write("!"), Get, "first!" },
        { "a reply to CONNECT", script => script.ReadHead().Reply(200, "no"), "CONNECT h:1 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n" },
        { "a refusal of CONNECT", script => script.ReadHead().Reply(407, "no"), "CONNECT h:1 HTTP/1.1\r\n\r\n", "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\n\r\nno" },
        { "not modified", script => script.ReadHead().Reply(304), Get, "HTTP/1.1 304 Not Modified\r\n\r\n" },
        { "not modified, of a length", script => script.ReadHead().Reply(304, "four"), Get, "HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n" },
        { "a length of its own", script => script.ReadHead().Reply(200, [("content-length", "9")], "four"), Get, "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nfour" },
        { "code", script => script.Run(connection => connection.WriteAsync($"{connection.Number}")).Run(connection => connection.HalfClose()), "", "1" },
        { "close", script => script.ReadHead().Write("x").Close(), Get, "x" },
        { "half close", script => script.ReadHead().Write("x").HalfClose().WaitForClose(), Get, "x" },
        { "reset", script => script.ReadHead().Reset(), Get, "RST" },
        { "100-continue is answered", script => script.ReadRequest().Reply(200), "PUT / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" },
        { "100-continue is not", script => script.ReadHead().Reply(413).ReadBody(), "PUT / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx", "HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n" },
        { "100-continue where it is a step", script => script.ReadHead().Continue().ReadBody().Write("done"), "PUT / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx", "HTTP/1.1 100 Continue\r\n\r\ndone" },
    };

    [Theory]
    [MemberData(nameof(Scripts), DisableDiscoveryEnumeration = true)]
    public async Task Says_what_it_was_told(string what, Action<FaultyScript> script, string sent, string received)
    {
        await using FaultyServer server = FaultyServer.Start(script);
        await using Peer peer = await Peer.ConnectAsync(server, sent);
        if (sent.Contains("HTTP", StringComparison.Ordinal) && received != "RST") peer.HalfClose();

        Assert.True(received == await peer.ReadToEndAsync(), what);
        server.Verify();
    }

    [Fact]
    public async Task The_short_form_answers_one_request_and_closes()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\n\r\nall");
        using HttpClient client = new();

        Assert.Equal("all", await client.GetStringAsync(server.Url + "/a", Token));
        Assert.Equal("/a", (await server.NextRequestAsync(Token)).Target);
    }

    [Fact]
    public void Nothing_follows_where_both_ways_end()
    {
        Assert.Throws<InvalidOperationException>(() => FaultyServer.Start(script => script.ReadHead().When(_ => true, then => then.Close(), otherwise => otherwise.Reset()).Write("never")));
        Assert.Throws<ArgumentNullException>(() => FaultyServer.Start(script => script.When(null!, then => then.Close())));
    }

    [Fact]
    public async Task Unread_bytes_make_a_close_a_reset()
    {
        TaskCompletionSource sent = new();
        await using FaultyServer server = FaultyServer.Start(script => script.WaitFor(sent.Task).Close());
        await using Peer peer = await Peer.ConnectAsync(server, "unread");
        sent.SetResult();

        Assert.Equal("RST", await peer.ReadToEndAsync());
    }

    [Fact]
    public async Task Connections_have_scripts_of_their_own()
    {
        await using FaultyServer server = FaultyServer.Start(script => script
            .OnConnection(1, first => first.Write("first").Close())
            .OnConnection(number => number is 2 or 4, even => even.Write("even"))
            .Write("other"));

        List<string> received = [];
        for (int i = 0; i < 4; i++)
        {
            await using Peer peer = await Peer.ConnectAsync(server);
            received.Add(await peer.ReadToEndAsync());
        }

        Assert.Equal(["first", "even", "other", "even"], received);
        Assert.Equal(4, server.ConnectionCount);
    }

    [Fact]
    public async Task Waits_by_its_clock()
    {
        await using FaultyServer server = FaultyServer.Start(
            script => script.Write("a").Wait(TimeSpan.FromMinutes(5)).WriteSlowly("bcd", 2, TimeSpan.FromMinutes(1)),
            new() { TimeProvider = _time });
        await using Peer peer = await Peer.ConnectAsync(server);
        Assert.Equal("a", await peer.ReadAsync(1));
        await _time.UntilWaitingAsync(1);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("bc", await peer.ReadAsync(2));
        await _time.UntilWaitingAsync(1);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("d", await peer.ReadToEndAsync());
    }

    [Fact]
    public async Task Waits_for_a_signal()
    {
        TaskCompletionSource signal = new();
        await using FaultyServer server = FaultyServer.Start(script => script.Write("a").WaitFor(signal.Task).Write("b"));
        await using Peer peer = await Peer.ConnectAsync(server);
        Assert.Equal("a", await peer.ReadAsync(1));
        Task<string> rest = peer.ReadToEndAsync();
        Assert.False(rest.IsCompleted);
        signal.SetResult();

        Assert.Equal("b", await rest);
    }

    [Fact]
    public async Task A_script_that_never_reads_lets_a_client_stall()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.Never(), new() { ReceiveBufferSize = 4096 });
        await using Peer peer = await Peer.ConnectAsync(server);
        await server.WaitUntilAsync(server => server.OpenConnectionCount == 1, Token);

        // Far more than the buffers of both sides hold.
        Task sending = peer.Stream.WriteAsync(new byte[64 << 20], Token).AsTask();
        await server.DisposeAsync();

        await Assert.ThrowsAsync<IOException>(() => sending);
    }

    [Fact]
    public async Task Steps_in_code_see_what_the_others_see()
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            FaultyRequest request = (await connection.ReadHeadAsync())!;
            string body = await connection.ReadTextAsync(4);
            long rest = await connection.DiscardAsync(100);
            await connection.WriteSlowlyAsync(Encoding.ASCII.GetBytes($"{request.Number} {body} {rest} {connection.BytesReceived}"), 5, TimeSpan.Zero);
        });
        await using Peer peer = await Peer.ConnectAsync(server, Get + "bodymore");
        peer.HalfClose();

        Assert.Equal($"1 body 4 {Get.Length + 8}", await peer.ReadToEndAsync());
        Assert.Equal("body", server.Requests[0].Text);
        Assert.Equal(Get + "body", Encoding.Latin1.GetString(server.Requests[0].Raw));
    }

    [Theory]
    [InlineData("Close()")]
    [InlineData("Reset()")]
    [InlineData("Never()")]
    [InlineData("Repeat()")]
    public void A_step_that_can_never_be_reached_is_refused(string end)
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => FaultyServer.Start(script => _ = end switch
        {
            "Close()" => script.Close().Write("x"),
            "Reset()" => script.Reset().Write("x"),
            "Never()" => script.Never().Write("x"),
            _ => script.ReadHead().Repeat().Write("x"),
        }));

        Assert.Equal($"Write() can never be reached: {end} ends the script.", e.Message);
    }

    [Fact]
    public void Nonsense_is_refused_before_the_server_starts()
    {
        Assert.Throws<InvalidOperationException>(() => FaultyServer.Start(script => script.Repeat()));
        Assert.Throws<ArgumentOutOfRangeException>(() => FaultyServer.Start(script => script.OnConnection(0, other => other.Close())));
        Assert.Throws<ArgumentOutOfRangeException>(() => FaultyServer.Start(script => script.WriteSlowly("x", 0, TimeSpan.Zero)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FaultyServer.Start(script => script.ReadBytes(-1)));
        Assert.Throws<ArgumentException>(() => new FaultyServerOptions { Address = System.Net.IPAddress.Any });
    }
}
