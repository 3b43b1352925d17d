using System.Net;
using System.Text;

namespace RequestsAsync.Testing.Tests;

/// <summary>Each fault beside the real one on a socket: what the client sees has to be the same.</summary>
public sealed class FaultTests
{
    public static TheoryData<string> Names => new(Pairs.Keys);

    private static readonly Dictionary<string, Pair> Pairs = new(StringComparer.Ordinal)
    {
        ["refused"] = new(Fault.ConnectionRefused, () => FaultyServer.StartRefusing(), typeof(ConnectException)),
        ["reset"] = new(Fault.ConnectionReset, () => RealServers.Answering("", resets: true), typeof(ConnectionLostException)),
        ["closed"] = new(Fault.ConnectionClosed, () => RealServers.Answering(""), typeof(ConnectionLostException)),
        ["no http"] = new(Fault.InvalidResponse, () => RealServers.Answering("220 mail.example ESMTP\r\n\r\n"), typeof(ProtocolException)),
        ["no tls"] = new(Fault.TlsFailure, RealServers.WithoutTls, typeof(TlsException), "https"),
        ["cut off"] = new(Reply.Bytes(new byte[10]).CutOffAfter(4), () => RealServers.Answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234"), typeof(ConnectionLostException)),
        ["cut off chunked"] = new(Reply.Chunks("1234", "5678").CutOffAfter(4), () => RealServers.Answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n"), typeof(ConnectionLostException)),
        ["reset in body"] = new(Reply.Bytes(new byte[10]).ResetAfter(4), () => RealServers.Answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234", resets: true), typeof(ConnectionLostException)),
        ["bad gzip"] = new(Reply.Bytes("no gzip at all"u8.ToArray()).WithHeader("Content-Encoding", "gzip"), () => RealServers.Answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 14\r\n\r\nno gzip at all"), typeof(DecodingException)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_session_sees_what_it_sees_on_the_network(string name)
    {
        Pair pair = Pairs[name];
        await using FaultyServer server = pair.Server();
        string url = $"{pair.Scheme}://127.0.0.1:{server.Port}/";
        await using Session network = new();
        await using Session mocked = new(pair.Mock());

        RequestException real = await Assert.ThrowsAnyAsync<RequestException>(async () => await network.GetAsync(url));
        RequestException mock = await Assert.ThrowsAnyAsync<RequestException>(async () => await mocked.GetAsync(url));
        RequestException blocking = Assert.ThrowsAny<RequestException>(() => mocked.Get(url));

        Assert.Equal(pair.Expected, real.GetType());
        Assert.Equal(pair.Expected, mock.GetType());
        Assert.Equal(pair.Expected, blocking.GetType());
        Assert.Equal(real.Attempts, mock.Attempts);
        Assert.Equal(real.Response is null, mock.Response is null);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_client_of_the_runtime_sees_what_it_sees_on_the_network(string name)
    {
        Pair pair = Pairs[name];
        if (pair.Expected == typeof(DecodingException)) return; // decoding is the real handler's, and nobody's over a mock

        await using FaultyServer server = pair.Server();
        string url = $"{pair.Scheme}://127.0.0.1:{server.Port}/";
        using HttpClient network = new(new SocketsHttpHandler { UseProxy = false });
        using HttpClient mocked = new(pair.Mock());

        string real = Shape(await Assert.ThrowsAnyAsync<Exception>(() => network.GetAsync(url)));
        Assert.Equal(real, Shape(await Assert.ThrowsAnyAsync<Exception>(() => mocked.GetAsync(url))));
        Assert.Equal(Shape(Assert.ThrowsAny<Exception>(() => network.Send(new(HttpMethod.Get, url)))), Shape(Assert.ThrowsAny<Exception>(() => mocked.Send(new(HttpMethod.Get, url)))));
    }

    [Fact]
    public async Task Names_without_an_address_and_silent_name_servers_are_told_apart_by_retries()
    {
        MockTransport mock = new(new ManualClock());
        mock.On("GET", "/unknown").Reply(Fault.HostNotFound);
        mock.On("GET", "/silent").ReplyInSequence(Fault.NameServerSilent, 200);
        mock.On("GET", "/far").ReplyInSequence(Fault.Unreachable, 200);
        await using Session session = new(mock, new() { Retry = Retry.Default with { Delay = TimeSpan.Zero } });
        NameResolutionException e = await Assert.ThrowsAsync<NameResolutionException>(async () => await session.GetAsync("http://a.test/unknown"));
        Assert.Equal(1, e.Attempts);
        Assert.Equal(200, (await session.GetAsync("http://a.test/silent")).StatusCode);
        Assert.Equal(2, (await session.GetAsync("http://a.test/far")).Attempts);
    }

    [Theory]
    [InlineData(TimeoutPhase.Connect, 3)]
    [InlineData(TimeoutPhase.Tls, 4)]
    [InlineData(TimeoutPhase.Write, 5)]
    [InlineData(TimeoutPhase.Read, 6)]
    public async Task A_phase_stands_still_until_its_own_limit(TimeoutPhase phase, int limit)
    {
        ManualClock clock = new();
        MockTransport mock = new();
        mock.On("POST", "*").Reply(Fault.Timeout(phase));
        await using Session session = new(mock, new() { TimeProvider = clock, Timeout = Limits });
        Task<Response> call = session.PostAsync("https://a.test/", new() { Json = new { a = 1 } });
        clock.Advance(limit - 0.5);
        Assert.False(call.IsCompleted);
        await clock.AdvanceToTimerAsync(0.5);
        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => call);
        Assert.Equal(phase, e.Phase);
    }

    [Theory]
    [InlineData(TimeoutPhase.Connect)]
    [InlineData(TimeoutPhase.Write)]
    [InlineData(TimeoutPhase.Read)]
    public async Task A_blocking_call_stands_still_too(TimeoutPhase phase)
    {
        MockTransport mock = new();
        mock.On("POST", "*").Reply(Fault.Timeout(phase));
        TimeSpan limit = TimeSpan.FromMilliseconds(50);
        await using Session session = new(mock, new() { Timeout = new Timeouts { Connect = limit, Write = limit, Read = limit } });
        RequestTimeoutException e = await Task.Run(() => Assert.Throws<RequestTimeoutException>(() => session.Post("https://a.test/", new() { Json = new { a = 1 } })));
        Assert.Equal(phase, e.Phase);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_content_that_its_route_has_looked_at_is_not_read_again(bool isDecided)
    {
        ManualClock clock = new();
        MockTransport mock = new();
        MockRoute route = mock.On("POST", "*").WithText("once");
        if (isDecided) route.Reply(Fault.Timeout(TimeoutPhase.Write));
        else route.Reply(static _ => Fault.Timeout(TimeoutPhase.Write));
        await using Session session = new(mock, new() { TimeProvider = clock, Timeout = Limits });
        using MemoryStream source = new("once"u8.ToArray());
        Task<Response> call = session.PostAsync("https://a.test/", new() { Content = Body.FromStream(source) });
        await Task.WhenAny(clock.AdvanceToTimerAsync(5), call);
        Assert.Equal(TimeoutPhase.Write, (await Assert.ThrowsAsync<RequestTimeoutException>(() => call)).Phase);
        Assert.Equal("once", Assert.Single(mock.Calls).Text);

        using HttpClient client = new(mock) { Timeout = TimeSpan.FromMilliseconds(50) };
        CountedContent content = new("once");
        await Assert.ThrowsAsync<TaskCanceledException>(() => client.PostAsync("https://a.test/", content));
        Assert.Equal(1, content.Reads);
    }

    [Theory]
    [InlineData(TimeoutPhase.Connect)]
    [InlineData(TimeoutPhase.Tls)]
    [InlineData(TimeoutPhase.Write)]
    [InlineData(TimeoutPhase.Read)]
    public async Task The_total_and_the_caller_end_it_as_they_end_everything(TimeoutPhase phase)
    {
        ManualClock clock = new();
        MockTransport mock = new();
        mock.On("POST", "*").Reply(Fault.Timeout(phase));
        await using Session session = new(mock, new() { TimeProvider = clock, Timeout = Limits with { Total = TimeSpan.FromSeconds(2) } });
        Task<Response> call = session.PostAsync("https://a.test/", new() { Json = 1 });
        await clock.AdvanceToTimerAsync(2);
        Assert.Equal(TimeoutPhase.Total, (await Assert.ThrowsAsync<RequestTimeoutException>(() => call)).Phase);

        using CancellationTokenSource cancellation = new();
        Task<Response> cancelled = session.PostAsync("https://a.test/", new() { Json = 1 }, cancellation.Token);
        await cancellation.CancelAsync();
        Assert.Equal(cancellation.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled)).CancellationToken);
    }

    [Theory]
    [InlineData(TimeoutPhase.Connect)]
    [InlineData(TimeoutPhase.Write)]
    [InlineData(TimeoutPhase.Read)]
    public async Task A_client_of_the_runtime_has_its_own_timeout(TimeoutPhase phase)
    {
        MockTransport mock = new();
        mock.On("POST", "*").Reply(Fault.Timeout(phase));
        using HttpClient client = new(mock) { Timeout = TimeSpan.FromMilliseconds(50) };
        TaskCanceledException e = await Assert.ThrowsAsync<TaskCanceledException>(() => client.PostAsync("https://a.test/", new StringContent("x")));
        Assert.IsType<TimeoutException>(e.InnerException);

        await using FaultyServer server = RealServers.Silent();
        using HttpClient network = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMilliseconds(50) };
        TaskCanceledException real = await Assert.ThrowsAsync<TaskCanceledException>(() => network.GetAsync($"http://127.0.0.1:{server.Port}/"));
        Assert.IsType<TimeoutException>(real.InnerException);
    }

    [Fact]
    public async Task A_body_that_stalls_is_a_read_timeout()
    {
        ManualClock clock = new();
        MockTransport mock = new();
        mock.On("GET", "*").Reply(Reply.Text("hello world").StalledAfter(5));
        await using Session session = new(mock, new() { TimeProvider = clock, Timeout = Limits });
        await using Response response = await session.StreamAsync("GET", "http://a.test/");
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> chunks = response.ChunksAsync().GetAsyncEnumerator();
        Assert.True(await chunks.MoveNextAsync());
        Assert.Equal("hello", Encoding.UTF8.GetString(chunks.Current.Span));
        ValueTask<bool> next = chunks.MoveNextAsync();
        await clock.AdvanceToTimerAsync(6);
        Assert.Equal(TimeoutPhase.Read, (await Assert.ThrowsAsync<RequestTimeoutException>(async () => await next)).Phase);
    }

    [Fact]
    public async Task A_blocking_read_of_a_stalled_body_ends_by_its_limit()
    {
        MockTransport mock = new();
        mock.On("GET", "*").Reply(Reply.Text("hello world").StalledAfter(5));
        await using Session session = new(mock, new() { Timeout = new Timeouts { Read = TimeSpan.FromMilliseconds(50) } });
        RequestTimeoutException e = await Task.Run(() => Assert.Throws<RequestTimeoutException>(() => session.Get("http://a.test/")));
        Assert.Equal(TimeoutPhase.Read, e.Phase);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("long")]
    [InlineData("throws")]
    [InlineData("relative")]
    [InlineData("scheme")]
    [InlineData("chunked without content")]
    [InlineData("ascii")]
    public async Task What_a_transport_refuses_is_refused_in_the_same_way(string what)
    {
        await using FaultyServer server = RealServers.Silent();
        using HttpMessageInvoker network = new(new SocketsHttpHandler { UseProxy = false });
        MockTransport mock = new();
        mock.On("*", "*").Reply(200);
        using HttpMessageInvoker mocked = new(mock);
        string real = Shape(await Assert.ThrowsAnyAsync<Exception>(() => network.SendAsync(Message(), TestContext.Current.CancellationToken)));
        Assert.Equal(real, Shape(await Assert.ThrowsAnyAsync<Exception>(() => mocked.SendAsync(Message(), TestContext.Current.CancellationToken))));
        Assert.All(mock.Calls, call => Assert.Null(call.Reply));

        HttpRequestMessage Message()
        {
            string url = what switch { "relative" => "/path", "scheme" => "ftp://a.test/", _ => $"http://127.0.0.1:{server.Port}/" };
            HttpRequestMessage message = new(HttpMethod.Post, new Uri(url, UriKind.RelativeOrAbsolute));
            if (what == "chunked without content") message.Headers.TransferEncodingChunked = true;
            if (what == "ascii") message.Headers.TryAddWithoutValidation("X-Name", "ü");
            if (what is "short" or "long" or "throws") message.Content = new LyingContent(what);
            return message;
        }
    }

    [Fact]
    public async Task A_fault_that_cannot_happen_is_the_tests_mistake()
    {
        MockTransport mock = new();
        mock.On("GET", "*").ReplyInSequence(Fault.TlsFailure, Fault.Timeout(TimeoutPhase.Write));
        await using Session session = new(mock);
        Assert.Contains("no TLS", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.GetAsync("http://a.test/"))).Message, StringComparison.Ordinal);
        Assert.Contains("no content", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.GetAsync("http://a.test/"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Fault.Timeout(TimeoutPhase.Pool));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fault.Timeout(TimeoutPhase.Total));
    }

    private static Timeouts Limits => new()
    {
        Connect = TimeSpan.FromSeconds(3), Tls = TimeSpan.FromSeconds(4), Write = TimeSpan.FromSeconds(5), Read = TimeSpan.FromSeconds(6), Total = TimeSpan.FromSeconds(60),
    };

    // The types of an exception and of its causes, and what kind of failure they say it is.
    private static string Shape(Exception e)
    {
        StringBuilder shape = new();
        for (Exception? at = e; at is not null; at = at.InnerException)
        {
            shape.Append(at.GetType().Name);
            if (at is HttpRequestException http) shape.Append('(').Append(http.HttpRequestError).Append(')');
            if (at is HttpIOException io) shape.Append('(').Append(io.HttpRequestError).Append(')');
            shape.Append(" < ");
        }

        return shape.ToString();
    }

    private sealed record Pair(Reply Reply, Func<FaultyServer> Server, Type Expected, string Scheme = "http")
    {
        internal MockTransport Mock()
        {
            MockTransport mock = new();
            mock.On("GET", "*://127.0.0.1:*/").Reply(Reply);
            return mock;
        }
    }

    private sealed class CountedContent(string text) : HttpContent
    {
        public int Reads { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Reads++;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = text.Length;
            return true;
        }
    }

    private sealed class LyingContent(string what) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            if (what == "throws") throw new InvalidOperationException("The content is not there.");
            await stream.WriteAsync(new byte[what == "short" ? 3 : 7]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 5;
            return true;
        }
    }
}
