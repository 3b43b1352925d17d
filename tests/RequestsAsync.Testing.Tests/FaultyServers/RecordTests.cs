using System.Text;

namespace RequestsAsync.Testing.Tests;

/// <summary>What a server keeps of its connections, requests and failures.</summary>
public sealed class RecordTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_kept_byte_for_byte_and_taken_apart()
    {
        const string Sent = "QUERY /a%20b?c=\u00fc HTTP/1.1\r\nHost:h\r\nX-A:  1 \r\nx-a: 2\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n";
        ManualTime time = new();
        time.Advance(TimeSpan.FromHours(1));
        await using FaultyServer server = FaultyServer.Start(script => script.ReadRequest().Reply(200), new() { TimeProvider = time });
        await using Peer peer = await Peer.ConnectAsync(server, Sent);

        FaultyRequest request = await server.NextRequestAsync(Token);

        Assert.Equal(("QUERY", "/a%20b?c=\u00fc", "HTTP/1.1"), (request.Method, request.Target, request.Version));
        Assert.Equal([("Host", "h"), ("X-A", "1"), ("x-a", "2"), ("Transfer-Encoding", "chunked")], request.Fields);
        Assert.Equal("1, 2", request.Field("X-A"));
        Assert.Null(request.Field("X"));
        Assert.Equal("one", request.Text);
        Assert.True(request.IsComplete);
        Assert.Equal(Sent, Encoding.Latin1.GetString(request.Raw));
        Assert.Equal(Sent[..^13], request.Head);
        Assert.Equal((1, 1, time.GetUtcNow()), (request.Number, request.Connection, request.Time));
        Assert.Equal("QUERY /a%20b?c=\u00fc", request.ToString());
        Assert.Equal([request.Head], server.Heads);
    }

    [Theory]
    [InlineData("\r\n\r\n")]
    [InlineData("GET\r\n\r\n")]
    [InlineData("GET /\r\nno colon\r\n\r\n")]
    public async Task What_is_no_request_is_kept_too(string sent)
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead());
        await using Peer peer = await Peer.ConnectAsync(server, sent);

        FaultyRequest request = await server.NextRequestAsync(Token);

        Assert.Equal(sent, request.Head);
        Assert.Equal("", request.Version);
        server.Verify();
    }

    [Fact]
    public async Task A_large_request_is_kept_whole()
    {
        string field = new('x', 300_000);
        byte[] body = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i % 251))];
        await using FaultyServer server = FaultyServer.Start(script => script.ReadRequest().Reply(200));
        using HttpClient client = new();
        client.DefaultRequestHeaders.Add("X-Large", field);

        await client.PutAsync(server.Url, new ByteArrayContent(body), Token);

        Assert.Equal(field, server.Requests[0].Field("X-Large"));
        Assert.Equal(body, server.Requests[0].Body);
    }

    [Fact]
    public async Task Requests_are_given_in_order_while_bodies_are_on_their_way()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().ReadBody().Repeat());
        await using Peer peer = await Peer.ConnectAsync(server, "PUT /1 HTTP/1.1\r\nContent-Length: 4\r\n\r\nha");

        FaultyRequest first = await server.NextRequestAsync(Token);
        await server.WaitUntilAsync(_ => first.Text == "ha", Token);
        Assert.False(first.IsComplete);
        await peer.SendAsync("lfGET /2 HTTP/1.1\r\n\r\n");
        FaultyRequest second = await server.NextRequestAsync(Token);

        Assert.Equal("half", first.Text);
        Assert.Equal(("/2", 2, 1), (second.Target, second.Number, second.Connection));
    }

    [Fact]
    public async Task Waiting_for_a_request_can_be_given_up()
    {
        await using FaultyServer server = FaultyServer.Start("x");
        using CancellationTokenSource cancel = new();
        Task<FaultyRequest> waiting = server.NextRequestAsync(cancel.Token);
        Task other = server.WaitUntilAsync(_ => false, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
        Task<FaultyRequest> last = server.NextRequestAsync(Token);
        await server.DisposeAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => last);
    }

    [Fact]
    public async Task Nobody_waits_for_what_cannot_happen_any_more()
    {
        FaultyServer server = FaultyServer.Start("x");
        Task waiting = server.WaitUntilAsync(server => server.ConnectionCount > 0, Token);
        await server.DisposeAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
        Assert.Contains("was disposed of", (await Assert.ThrowsAsync<InvalidOperationException>(() => server.WaitUntilAsync(_ => false, Token))).Message, StringComparison.Ordinal);
        await server.WaitUntilAsync(server => server.ConnectionCount == 0, Token);
    }

    [Fact]
    public async Task Chunks_of_which_a_part_was_discarded_cannot_be_read()
    {
        FaultyServer server = FaultyServer.Start(script => script.ReadHead().Discard(4).ReadBody());
        await using Peer peer = await Peer.ConnectAsync(server, "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n");
        await server.WaitUntilAsync(server => server.Failures.Count > 0, Token);

        FaultyServerException e = await Assert.ThrowsAsync<FaultyServerException>(() => server.DisposeAsync().AsTask());
        Assert.Contains("ReadBody(): A part of the chunks was discarded", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_connections_are_counted()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.WaitForClose());
        Peer one = await Peer.ConnectAsync(server);
        Peer two = await Peer.ConnectAsync(server);
        await server.WaitUntilAsync(server => server.OpenConnectionCount == 2, Token);
        await one.DisposeAsync();
        await server.WaitUntilAsync(server => server.OpenConnectionCount == 1, Token);
        await two.DisposeAsync();
        await server.WaitUntilAsync(server => server.OpenConnectionCount == 0, Token);

        Assert.Equal(2, server.ConnectionCount);
    }

    [Theory]
    [InlineData("", "ReadHead()", "The client closed before it sent a request.")]
    [InlineData("GET / HT", "ReadHead()", "The client closed after 8 bytes of a head.")]
    [InlineData("PUT / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf", "ReadBody()", "The client closed after 4 of 9 bytes.")]
    [InlineData("PUT / HTTP/1.1\r\nContent-Length: nine\r\n\r\n", "ReadBody()", "'Content-Length: nine' is no length.")]
    [InlineData("PUT / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "ReadBody()", "A request with 'Transfer-Encoding: gzip' has no end.")]
    [InlineData("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf", "ReadBody()", "The client closed between two chunks.")]
    [InlineData("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "ReadBody()", "'xyz' is not the size of a chunk.")]
    [InlineData("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nhalf\r\n", "ReadBody()", "A chunk is longer than its size, 1, says.")]
    [InlineData("GET / HTTP/1.1\r\n\r\n12", "ReadBytes(3)", "The client closed after 2 of 3 bytes.")]
    public async Task A_client_that_leaves_is_a_failure(string sent, string step, string message)
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().ReadBody().ReadBytes(3));
        await using Peer peer = await Peer.ConnectAsync(server, sent);
        peer.HalfClose();
        await server.WaitUntilAsync(server => server.Failures.Count > 0, Token);

        FaultyFailure failure = Assert.Single(server.Failures);
        Assert.Equal((1, step, message), (failure.Connection, failure.Step, failure.Exception.Message));
        Assert.True(failure.IsClient);
        FaultyServerException told = Assert.Throws<FaultyServerException>(server.Verify);
        Assert.Equal($"Scripts of {server.Url} could not go on:{Environment.NewLine}  connection 1, {step}: {message}", told.Message);
        Assert.Same(failure.Exception, told.InnerException);
    }

    [Fact]
    public async Task A_client_that_may_leave_is_none()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().MayLeave().ReadBytes(1));
        Peer peer = await Peer.ConnectAsync(server, Get);
        await server.NextRequestAsync(Token);
        peer.Reset();
        await server.WaitUntilAsync(server => server.OpenConnectionCount == 0, Token);

        Assert.True(Assert.Single(server.Failures).IsExpected);
        server.Verify();
    }

    [Fact]
    public async Task A_kept_connection_that_ends_is_none()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().Reply(200).Repeat());
        using (HttpClient client = new())
        {
            await client.GetAsync(server.Url, Token);
            await client.GetAsync(server.Url, Token);
        }

        await server.WaitUntilAsync(server => server.OpenConnectionCount == 0, Token);
        server.Verify();
        Assert.Equal((1, 2), (server.ConnectionCount, server.Requests.Count));
    }

    [Fact]
    public async Task The_disposal_tells_of_functions_that_throw()
    {
        FaultyServer server = FaultyServer.Start(script => script.ReadHead().Write(string (_) => throw new FormatException("no answer")));
        await using Peer peer = await Peer.ConnectAsync(server, Get);
        Assert.Equal("", await peer.ReadToEndAsync());

        FaultyServerException e = await Assert.ThrowsAsync<FaultyServerException>(() => server.DisposeAsync().AsTask());

        Assert.Equal($"A script of {server.Url} threw:{Environment.NewLine}  connection 1, Write(): no answer", e.Message);
        Assert.IsType<FormatException>(e.InnerException);
        Assert.False(Assert.Single(e.Failures).IsClient);
    }

    [Fact]
    public async Task A_step_that_needs_a_request_says_so()
    {
        FaultyServer server = FaultyServer.Start(script => script.Write(request => request.Target));
        await using Peer peer = await Peer.ConnectAsync(server);
        Assert.Equal("", await peer.ReadToEndAsync());

        FaultyServerException e = await Assert.ThrowsAsync<FaultyServerException>(() => server.DisposeAsync().AsTask());

        Assert.Contains("No request was read before this step", e.Message, StringComparison.Ordinal);
    }
}
