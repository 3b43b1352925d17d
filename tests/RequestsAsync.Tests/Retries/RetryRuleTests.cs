using System.Net.Sockets;
using System.Security.Authentication;

namespace RequestsAsync.Tests;

public sealed class RetryRuleTests
{
    private const string Always = "POST PATCH GET QUERY";
    private const string Idempotent = "GET QUERY";
    private const string Never = "";

    public static TheoryData<string, RequestException, string> Failures => new()
    {
        { "refused", new ConnectException("", Http(new SocketException((int)SocketError.ConnectionRefused))), Always },
        { "connecting took too long", new RequestTimeoutException("", TimeoutPhase.Connect), Always },
        { "the handshake took too long", new RequestTimeoutException("", TimeoutPhase.Tls), Always },
        { "the name server is away", new NameResolutionException("", Http(new SocketException((int)SocketError.TryAgain))), Always },
        { "no such name", new NameResolutionException("", Http(new SocketException((int)SocketError.HostNotFound))), Never },
        { "no such name, and no cause", new NameResolutionException(""), Never },
        { "the proxy is away", new ProxyException("", new SocketException((int)SocketError.ConnectionRefused)), Always },
        { "the proxy hangs up", new ProxyException("", new IOException("end of stream")), Always },
        { "the proxy refuses", new ProxyException("it answered 407"), Never },
        { "no such proxy", new ProxyException("", new SocketException((int)SocketError.HostNotFound)), Never },
        { "the handshake is reset", new TlsException("", Http(new IOException("", new SocketException((int)SocketError.ConnectionReset)))), Always },
        { "the handshake is cut off", new TlsException("", Http(new IOException("unexpected end"))), Always },
        { "bad certificate", new TlsException("", Http(new AuthenticationException("invalid"))), Never },
        { "bad certificate, by a read", new TlsException("", Http(new AuthenticationException("invalid", new IOException("chain")))), Never },
        { "lost", new ConnectionLostException("", new IOException("")), Idempotent },
        { "silent", new RequestTimeoutException("", TimeoutPhase.Read), Idempotent },
        { "does not take the content", new RequestTimeoutException("", TimeoutPhase.Write), Idempotent },
        { "the pool is full", new RequestTimeoutException("", TimeoutPhase.Pool), Never },
        { "the time is over", new RequestTimeoutException("", TimeoutPhase.Total), Never },
        { "forbidden address", new BlockedAddressException("", new SocketException((int)SocketError.ConnectionRefused)), Never },
        { "no HTTP", new ProtocolException("", new IOException("")), Never },
        { "unknown", new TransportException("", new IOException("")), Never },
        { "bad request", new InvalidRequestException(""), Never },
        { "bad redirect", new RedirectException(""), Never },
        { "endless redirects", new TooManyRedirectsException(""), Never },
        { "damaged body", new DecodingException("", new IOException("")), Never },
        { "large body", new BodyTooLargeException(""), Never },
        { "spent body", new BodyConsumedException(""), Never },
        { "unreadable source", new RequestException("", new IOException("")), Never },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_failure_is_worth_a_repetition_for(string what, RequestException error, string methods)
    {
        string[] repeated = methods.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string method in Always.Split(' '))
        {
            RetryVerdict verdict = RetryRule.AfterFailure(Retry.Default, MethodNames.Parse(method), error);
            Assert.True(repeated.Contains(method, StringComparer.Ordinal) == verdict.MayRetry, $"{method}: {what}");
            Assert.True((methods == Idempotent && !verdict.MayRetry) == verdict.Obstacle is not null, $"{method}: {what} is explained");
        }
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void A_status_that_passes_is_worth_a_repetition_for_idempotent_methods(int status)
    {
        foreach (string method in Retry.Default.Methods)
            Assert.Equal(RetryVerdict.Yes, RetryRule.AfterAnswer(Retry.Default, MethodNames.Parse(method), status));

        RetryVerdict verdict = RetryRule.AfterAnswer(Retry.Default, HttpMethod.Post, status);
        Assert.False(verdict.MayRetry);
        Assert.Contains("POST", verdict.Obstacle, StringComparison.Ordinal);
        Assert.True(RetryRule.AfterAnswer(Retry.Default with { Methods = ["post"] }, HttpMethod.Post, status).MayRetry);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(301)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(501)]
    public void Any_other_status_is_an_answer(int status)
    {
        Assert.Equal(RetryVerdict.No, RetryRule.AfterAnswer(Retry.Default, HttpMethod.Get, status));
        Assert.Equal(RetryVerdict.No, RetryRule.AfterAnswer(Retry.Default, HttpMethod.Post, status));
        Assert.True(RetryRule.AfterAnswer(Retry.Default with { Statuses = [status] }, HttpMethod.Get, status).MayRetry);
    }

    public static TheoryData<string, Body, bool> Bodies => new()
    {
        { "bytes", Body.FromBytes(new byte[3]), true },
        { "a stream that can seek", Body.FromStream(new MemoryStream(new byte[3])), true },
        { "a stream that cannot", Body.FromStream(new OneWayStream()), false },
        { "pieces", Body.FromAsyncStream(Pieces()), false },
        { "the runtime's bytes", new HttpContentBody(new ByteArrayContent(new byte[3])), true },
        { "the runtime's stream", new HttpContentBody(new StreamContent(new OneWayStream())), false },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Content_that_was_begun_must_be_replayable(string what, Body body, bool canReplay)
    {
        Assert.True(RetryRule.ObstacleOf(body) is null, $"{what} was not begun");
        await body.WriteToAsync(Stream.Null, CancellationToken.None);
        Assert.True(RetryRule.ObstacleOf(body) is null == canReplay, $"{what} was begun");
    }

    [Fact]
    public void No_content_is_no_obstacle() => Assert.Null(RetryRule.ObstacleOf(null));

    private static HttpRequestException Http(Exception cause) => new("An error occurred while sending the request.", cause);

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces()
    {
        await Task.Yield();
        yield return new byte[3];
    }

    private sealed class OneWayStream() : MemoryStream(new byte[3])
    {
        public override bool CanSeek => false;
    }
}
