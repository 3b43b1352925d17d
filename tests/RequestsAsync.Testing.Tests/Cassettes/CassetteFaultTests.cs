using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync.Testing.Tests;

public sealed class CassetteFaultTests : IDisposable
{
    private readonly CassetteFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_refused_connection_is_refused_again()
    {
        await using FaultyServer server = FaultyServer.StartRefusing();
        Uri url = new(server.Url + "/x");
        using (HttpClient client = new(_folder.Record())) await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(url, Token));

        using HttpClient offline = new(_folder.Replay());
        HttpRequestException again = await Assert.ThrowsAsync<HttpRequestException>(() => offline.GetAsync(url, Token));
        Assert.Equal(HttpRequestError.ConnectionError, again.HttpRequestError);
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(again.InnerException).SocketErrorCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_throws_what_it_threw(bool ownConnections)
    {
        await using FaultyServer server = FaultyServer.StartRefusing();
        string url = server.Url + "/x";
        string recorded = await RunAsync(_folder.Record());
        Assert.Contains("refused", recorded, StringComparison.Ordinal);
        Assert.Equal(recorded, await RunAsync(_folder.Replay()));

        async Task<string> RunAsync(Cassette cassette)
        {
            await using Cassette used = cassette;
            await using Session session = ownConnections ? cassette.CreateSession() : new Session(cassette, disposeHandler: false);
            ConnectException e = await Assert.ThrowsAsync<ConnectException>(() => session.GetAsync(url, cancellationToken: Token));
            return Assert.Throws<ConnectException>(() => session.Get(url)).Message == e.Message ? e.Message : "another message";
        }
    }

    [Fact]
    public async Task A_body_that_breaks_off_breaks_off_at_the_same_byte()
    {
        FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf");
        Uri url = new(server.Url);
        string recorded = await RunAsync(_folder.Record(new SocketsHttpHandler { UseProxy = false }));
        await server.DisposeAsync();
        Assert.Equal("half ResponseEnded", recorded);
        Assert.Equal(recorded, await RunAsync(_folder.Replay()));

        async Task<string> RunAsync(Cassette cassette)
        {
            using HttpClient client = new(cassette);
            using HttpResponseMessage response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, Token);
            using Stream stream = await response.Content.ReadAsStreamAsync(Token);
            using MemoryStream read = new();
            HttpIOException e = await Assert.ThrowsAsync<HttpIOException>(() => stream.CopyToAsync(read, Token));
            Assert.Equal(1, e.Message.Split("ResponseEnded").Length - 1);
            return $"{Encoding.ASCII.GetString(read.ToArray())} {e.HttpRequestError}";
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_that_its_caller_gave_up_is_given_up_again(bool async)
    {
        using (HttpClient client = new(_folder.Record(Fault.Timeout(TimeoutPhase.Read))))
        {
            using CancellationTokenSource giveUp = new(TimeSpan.FromMilliseconds(20));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(new Uri("http://h/"), giveUp.Token));
        }

        using HttpClient offline = new(_folder.Replay());
        using CancellationTokenSource again = new();
        Task call = async ? offline.GetAsync(new Uri("http://h/"), again.Token) : Task.Run(() => offline.Send(new(HttpMethod.Get, "http://h/"), again.Token), Token);
        Assert.False(call.IsCompleted);
        await again.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData(CassetteMode.Record)]
    [InlineData(CassetteMode.RecordNew)]
    public async Task A_content_that_cannot_be_read_is_no_answer_to_record(CassetteMode mode)
    {
        MockTransport origin = new();
        origin.On("*", "*").Reply(200);
        Cassette cassette = _folder.Open(mode, origin);
        await using (Session session = new(cassette))
        {
            IOException mine = new("The disk is gone.");
            Exception e = await Assert.ThrowsAnyAsync<Exception>(() => session.PostAsync("http://h/", new() { Content = Body.FromStream(new BrokenStream(mine)) }, Token));
            Assert.True(e == mine || e.InnerException == mine, e.ToString());
            using HttpClient client = new(cassette, disposeHandler: false);
            await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(new Uri("http://h/"), new StreamContent(new BrokenStream(mine)), Token));
            Assert.Equal(0, cassette.Recorded);
        }

        Assert.False(File.Exists(_folder.File));
    }

    [Theory]
    [InlineData(CassetteMode.Record)]
    [InlineData(CassetteMode.RecordNew)]
    public async Task A_request_has_its_own_content_when_it_is_over(CassetteMode mode)
    {
        MockTransport origin = new();
        origin.On("*", "*").ReplyInSequence(200, Fault.ConnectionReset);
        using HttpClient client = new(_folder.Open(mode, origin));
        foreach (string text in (string[])["a", "b"])
        {
            using StringContent content = new(text);
            using HttpRequestMessage request = new(HttpMethod.Post, "http://h/") { Content = content };
            Exception? e = await Record.ExceptionAsync(() => client.SendAsync(request, Token));
            Assert.Equal(text == "b", e is HttpRequestException);
            Assert.Same(content, request.Content);
        }

        Assert.Equal(["a", "b"], origin.Calls.Select(static call => call.Text));
    }

    [Fact]
    public void Every_kind_comes_back_as_itself()
    {
        Exception[] kinds =
        [
            new HttpRequestException(HttpRequestError.NameResolutionError, "no such host", new SocketException((int)SocketError.HostNotFound)),
            new HttpRequestException(HttpRequestError.SecureConnectionError, "no trust", new System.Security.Authentication.AuthenticationException("name mismatch")),
            new HttpRequestException(HttpRequestError.ProxyTunnelError, "no tunnel", null, HttpStatusCode.ProxyAuthenticationRequired),
            new HttpRequestException(HttpRequestError.HttpProtocolError, "h2", new HttpProtocolException(8, "cancel", new IOException("io"))),
            new HttpIOException(HttpRequestError.InvalidResponse, "bad", new IOException("x")),
            new TaskCanceledException("connect timeout", new TimeoutException("2 s")),
            new HttpRequestException(HttpRequestError.ConnectionError, "x", new BlockedAddressException("private")),
            new RequestTimeoutException("tls", TimeoutPhase.Tls),
            new ConnectException("a"), new NameResolutionException("b"), new TlsException("c"), new ProxyException("d"), new ConnectionLostException("e"), new ProtocolException("f"), new TransportException("g"),
        ];
        foreach (Exception kind in kinds)
        {
            Assert.True(FaultChain.IsRecorded(kind));
            HarFault[] faults = FaultChain.Of(kind);
            Exception made = FaultChain.ToException(HarResponse.None(kind.Message, faults));
            Assert.Equal(faults, FaultChain.Of(made));
            Assert.Equal((kind as HttpRequestException)?.StatusCode, (made as HttpRequestException)?.StatusCode);
        }

        Assert.False(FaultChain.IsRecorded(new InvalidOperationException()));
        Assert.False(FaultChain.IsRecorded(new CassetteException("x")));
    }

    private sealed class BrokenStream(Exception failure) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => throw failure;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
