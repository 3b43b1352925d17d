using System.Net.Sockets;

namespace RequestsAsync.Tests;

public sealed class CircuitRuleTests
{
    public static TheoryData<Exception, bool> Exceptions => new()
    {
        { new ConnectException("refused"), true },
        { new ConnectionLostException("reset"), true },
        { new NameResolutionException("unknown"), true },
        { new RequestTimeoutException("read", TimeoutPhase.Read), true },
        { new HttpRequestException("of the transport"), true },
        { new HttpRequestException("of the transport", new ProxyException("refused")), true },
        { new IOException("reset", new SocketException()), true },
        { new TaskCanceledException("connect timeout", new TimeoutException()), true },
        { new RequestTimeoutException("no place of our own", TimeoutPhase.Pool), false },
        { new BlockedAddressException("policy"), false },
        { new HttpRequestException("raised while connecting", new BlockedAddressException("policy")), false },
        { new CircuitOpenException("not even sent", TimeSpan.Zero), false },
        { new InvalidRequestException("header"), false },
        { new RequestException("the content could not be read"), false },
        { new TaskCanceledException("by somebody"), false },
        { new InvalidTimeZoneException("by a handler"), false },
    };

    [Theory]
    [InlineData(200, true)]
    [InlineData(302, true)]
    [InlineData(404, true)]
    [InlineData(429, true)]
    [InlineData(499, true)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    [InlineData(599, false)]
    public void A_status_is_the_server_s_failure_from_500(int status, bool success) =>
        Assert.Equal(success ? CircuitOutcome.Success : CircuitOutcome.Failure, CircuitRule.Of(status));

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Exceptions_of_the_network_are_failures_and_those_of_this_side_say_nothing(Exception e, bool failure) =>
        Assert.Equal(failure ? CircuitOutcome.Failure : CircuitOutcome.Neither, CircuitRule.Of(e, EndedBy.Nothing));

    [Fact]
    public void Who_ended_the_call_decides_first()
    {
        HttpRequestException consequence = new("aborted");
        Assert.Equal(CircuitOutcome.Neither, CircuitRule.Of(consequence, EndedBy.Caller));
        Assert.Equal(CircuitOutcome.Neither, CircuitRule.Of(consequence, EndedBy.Session));
        Assert.Equal(CircuitOutcome.Failure, CircuitRule.Of(new TaskCanceledException(), EndedBy.Timeout));
    }
}
