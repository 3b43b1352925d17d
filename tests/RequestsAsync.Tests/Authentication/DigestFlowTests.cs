using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class DigestFlowTests
{
    private const string Url = "https://example.com/a/b";

    private readonly DigestSessions _sessions;
    private int _cnonces;

    public DigestFlowTests() => _sessions = new(new("user", "password"), () => $"cnonce{++_cnonces}");

    [Fact]
    public void Nothing_is_sent_before_the_first_challenge() => Assert.Null(new DigestFlow(_sessions, Url).Session);

    [Fact]
    public void Challenge_is_answered_once()
    {
        DigestFlow flow = new(_sessions, Url);
        Assert.True(flow.Accept(Challenge("n1")));
        Assert.Equal(("n1", "00000001"), Answer(flow));
        Assert.False(flow.Accept(Challenge("n2")));
    }

    [Fact]
    public void Next_request_is_answered_unasked_with_a_higher_count()
    {
        new DigestFlow(_sessions, Url).Accept(Challenge("n1"));
        Assert.Equal(("n1", "00000001"), Answer(new(_sessions, Url)));
        Assert.Equal(("n1", "00000002"), Answer(new(_sessions, "https://example.com/")));
    }

    [Fact]
    public void Stale_nonce_is_renewed_once()
    {
        DigestFlow flow = new(_sessions, Url);
        Assert.True(flow.Accept(Challenge("n1")));
        Assert.True(flow.Accept(Challenge("n2", "stale=true")));
        Assert.Equal(("n2", "00000001"), Answer(flow));
        Assert.False(flow.Accept(Challenge("n3", "stale=true")));
    }

    [Fact]
    public void Remembered_nonce_that_is_refused_is_replaced_even_if_the_server_does_not_call_it_stale()
    {
        new DigestFlow(_sessions, Url).Accept(Challenge("n1"));
        DigestFlow flow = new(_sessions, Url);
        Assert.True(flow.Accept(Challenge("n2")));
        Assert.Equal(("n2", "00000001"), Answer(flow));
        Assert.False(flow.Accept(Challenge("n3")));
    }

    [Fact]
    public void Wrong_password_is_not_sent_unasked_again()
    {
        DigestFlow flow = new(_sessions, Url);
        flow.Accept(Challenge("n1"));
        flow.Accept(Challenge("n2"));
        Assert.Null(_sessions.Find(Url));
    }

    [Fact]
    public void Server_that_repeats_its_nonce_sees_the_count_rise()
    {
        DigestFlow first = new(_sessions, Url);
        first.Accept(Challenge("n"));
        Answer(first);
        DigestFlow second = new(_sessions, Url);
        second.Accept(Challenge("n"));
        Assert.Equal(("n", "00000002"), Answer(second));
    }

    [Fact]
    public void Requests_challenged_side_by_side_leave_one_session()
    {
        DigestFlow first = new(_sessions, Url);
        DigestFlow second = new(_sessions, Url);
        first.Accept(Challenge("n1"));
        second.Accept(Challenge("n2"));
        Assert.Same(second.Session, _sessions.Find(Url));

        _sessions.Close(second.Session!);
        Assert.Null(_sessions.Find(Url));
    }

    [Fact]
    public void Other_origin_gets_no_answer_unasked()
    {
        new DigestFlow(_sessions, Url).Accept(Challenge("n"));
        Assert.Null(_sessions.Find("http://example.com/a/b"));
        Assert.Null(_sessions.Find("https://example.com:8443/a/b"));
        Assert.Null(_sessions.Find("https://example.com.evil.org/"));
    }

    [Fact]
    public void Same_nonce_of_another_origin_is_another_session()
    {
        DigestFlow first = new(_sessions, Url);
        first.Accept(Challenge("n"));
        DigestFlow second = new(_sessions, "https://example.org/");
        second.Accept(Challenge("n"));
        Assert.NotSame(first.Session, second.Session);
    }

    [Fact]
    public void Domain_narrows_the_space()
    {
        new DigestFlow(_sessions, Url).Accept(Challenge("n", "domain=\"/a /c\""));
        Assert.NotNull(_sessions.Find("https://example.com/c?x"));
        Assert.Null(_sessions.Find("https://example.com/other"));
    }

    [Fact]
    public void Proxy_has_no_domain()
    {
        new DigestFlow(_sessions, "http://proxy:3128", isProxy: true).Accept(Challenge("n", "domain=\"/a\""));
        Assert.NotNull(_sessions.Find("http://proxy:3128"));
    }

    [Theory]
    [InlineData("nextnonce=\"m\", qop=auth, rspauth=\"00\"", "m")]
    [InlineData("nextnonce=\"\"", "n")]
    [InlineData("qop=auth", "n")]
    [InlineData("", "n")]
    [InlineData("nextnonce=\"\u0001\"", "n")]
    public void Next_nonce_of_a_success_is_used(string info, string expected)
    {
        DigestFlow flow = new(_sessions, Url);
        flow.Accept(Challenge("n"));
        flow.Inform(info);
        Assert.Equal((expected, "00000001"), Answer(new(_sessions, Url)));
    }

    [Fact]
    public void Unknown_algorithm_is_not_answered() =>
        Assert.False(new DigestFlow(_sessions, Url).Accept(Challenge("n", "algorithm=SHA3-256")));

    [Fact]
    public void Only_the_servers_of_late_are_remembered()
    {
        for (int i = 0; i < 1000; i++)
            new DigestFlow(_sessions, $"https://{i}.example.com/").Accept(Challenge("n"));
        Assert.Null(_sessions.Find("https://0.example.com/"));
        Assert.NotNull(_sessions.Find("https://999.example.com/"));
    }

    [Fact]
    public void No_challenge_makes_it_throw_or_split_the_field() =>
        Prop.ForAll(
            Fragments.Of("realm=", "nonce=", "opaque=", "domain=", "nextnonce=", "\"", ", ", "/a", "://", "qop=auth", "stale=true", "userhash=true", "\\", "\r\n"),
            text =>
            {
                DigestFlow flow = new(_sessions, Url);
                flow.Accept(ChallengeParser.Parse($"Digest realm=r, nonce=n, {text}"));
                flow.Inform(text);
                return flow.Session?.Authorize("GET", "/").AsSpan().IndexOfAny('\r', '\n', '\0') is null or -1;
            }).QuickCheckThrowOnFailure();

    private static List<Challenge> Challenge(string nonce, string more = "") => ChallengeParser.Parse($"Digest realm=r, nonce=\"{nonce}\", qop=auth, {more}");

    private static (string? Nonce, string? Count) Answer(DigestFlow flow)
    {
        Challenge answer = ChallengeParser.Parse(flow.Session!.Authorize("GET", "/"))[0];
        return (answer.Find("nonce"), answer.Find("nc"));
    }
}
