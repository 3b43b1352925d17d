using System.Collections.Concurrent;

namespace RequestsAsync.Tests;

public sealed class DigestSessionTests
{
    private const string Rfc7616Nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private const string Rfc7616Opaque = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";
    private const string Rfc7616Cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Example_of_RFC_7616(string algorithm, string response)
    {
        DigestSession session = Session(
            $"Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, nonce=\"{Rfc7616Nonce}\", opaque=\"{Rfc7616Opaque}\"",
            new("Mufasa", "Circle of Life"),
            Rfc7616Cnonce);

        Assert.Equal(
            $"Digest username=\"Mufasa\", realm=\"http-auth@example.org\", nonce=\"{Rfc7616Nonce}\", uri=\"/dir/index.html\", response=\"{response}\", "
            + $"algorithm={algorithm}, opaque=\"{Rfc7616Opaque}\", qop=auth, nc=00000001, cnonce=\"{Rfc7616Cnonce}\"",
            session.Authorize("GET", "/dir/index.html"));
    }

    [Fact]
    public void Example_of_RFC_2617()
    {
        DigestSession session = Session(
            "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
            new("Mufasa", "Circle Of Life"),
            "0a4f113b");

        Assert.Equal("6629fae49393a05397450978507c4ef1", Find(session.Authorize("GET", "/dir/index.html"), "response"));
    }

    [Fact]
    public void Challenge_without_qop_gets_neither_count_nor_cnonce()
    {
        Challenge answer = Answer(Session("Digest realm=r, nonce=n").Authorize("GET", "/"));
        Assert.Equal("username realm nonce uri response", string.Join(' ', answer.Parameters.Select(parameter => parameter.Key)));
        Assert.Equal(Md5($"{Md5("user:r:password")}:n:{Md5("GET:/")}"), answer.Find("response"));
    }

    [Fact]
    public void Session_algorithm_without_qop_tells_the_cnonce_it_used()
    {
        Challenge answer = Answer(Session("Digest realm=r, nonce=n, algorithm=MD5-sess").Authorize("GET", "/"));
        Assert.Equal("cnonce", answer.Find("cnonce"));
        Assert.Null(answer.Find("nc"));
        Assert.Equal(Md5($"{Md5($"{Md5("user:r:password")}:n:cnonce")}:n:{Md5("GET:/")}"), answer.Find("response"));
    }

    [Theory]
    [InlineData("MD5")]
    [InlineData("SHA-256")]
    [InlineData("SHA-512")]
    [InlineData("SHA-512-256")]
    public void Session_key_covers_the_nonces(string name)
    {
        DigestAlgorithm hash = DigestAlgorithm.Find(name)!;
        string a1 = hash.Hash($"{hash.Hash("user:r:password")}:n:cnonce");
        DigestSession session = Session($"Digest realm=r, nonce=n, qop=auth, algorithm={name}-sess");
        session.Authorize("GET", "/");

        Assert.Equal(hash.Hash($"{a1}:n:00000002:cnonce:auth:{hash.Hash("GET:/")}"), Find(session.Authorize("GET", "/"), "response"));
    }

    [Fact]
    public void Integrity_covers_the_body()
    {
        DigestSession session = Session("Digest realm=r, nonce=n, qop=auth-int");
        Assert.True(session.NeedsBodyHash);

        string answer = session.Authorize("POST", "/", session.Algorithm.Hash("body"));
        Assert.Equal("auth-int", Find(answer, "qop"));
        Assert.Equal(Md5($"{Md5("user:r:password")}:n:00000001:cnonce:auth-int:{Md5($"POST:/:{Md5("body")}")}"), Find(answer, "response"));
    }

    [Fact]
    public void No_body_has_the_integrity_of_an_empty_one()
    {
        const string Challenge = "Digest realm=r, nonce=n, qop=auth-int";
        Assert.Equal(Session(Challenge).Authorize("GET", "/", Md5("")), Session(Challenge).Authorize("GET", "/"));
    }

    [Fact]
    public void User_name_is_hashed_where_the_server_asks()
    {
        Challenge answer = Answer(Session("Digest realm=r, nonce=n, userhash=true, algorithm=SHA-256").Authorize("GET", "/"));
        Assert.Equal(DigestAlgorithm.Find("SHA-256")!.Hash("user:r"), answer.Find("username"));
        Assert.Equal("true", answer.Find("userhash"));
    }

    [Fact]
    public void User_name_beyond_ASCII_is_sent_encoded()
    {
        Challenge answer = Answer(Session("Digest realm=r, nonce=n, charset=UTF-8", new("Jäsøn Doe", "p"), "c").Authorize("GET", "/"));
        Assert.Equal("UTF-8''J%C3%A4s%C3%B8n%20Doe", answer.Find("username*"));
        Assert.Null(answer.Find("username"));
        Assert.Equal(Md5($"{Md5("Jäsøn Doe:r:p")}:n:{Md5("GET:/")}"), answer.Find("response"));
    }

    [Fact]
    public void User_name_cannot_break_out_of_the_field()
    {
        string answer = Session("Digest realm=r, nonce=n", new("a\r\nX: y", "p"), "c").Authorize("GET", "/");
        Assert.DoesNotContain('\n', answer);
    }

    [Fact]
    public void Quotes_and_backslashes_are_escaped_and_hashed_plain()
    {
        string answer = Session("Digest realm=\"r\\\"\\\\\", nonce=n", new("u\"\\", "p"), "c").Authorize("GET", "/\"");
        Assert.StartsWith("Digest username=\"u\\\"\\\\\", realm=\"r\\\"\\\\\", nonce=\"n\", uri=\"/\\\"\", ", answer, StringComparison.Ordinal);
        Assert.Equal(Md5($"{Md5("u\"\\:r\"\\:p")}:n:{Md5("GET:/\"")}"), Find(answer, "response"));
    }

    [Fact]
    public void Algorithm_is_named_as_the_server_named_it() =>
        Assert.Contains(", algorithm=md5,", Session("Digest realm=r, nonce=n, qop=auth, algorithm=\"md5\"").Authorize("GET", "/"), StringComparison.Ordinal);

    [Fact]
    public void Count_is_used_once_each_by_many_threads()
    {
        DigestSession session = Session("Digest realm=r, nonce=n, qop=auth");
        ConcurrentBag<string> counts = [];
        Parallel.For(0, 1000, _ => counts.Add(Find(session.Authorize("GET", "/"), "nc")!));

        Assert.Equal(1000, counts.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("000003e8", counts.Max(StringComparer.Ordinal));
    }

    [Fact]
    public void Next_nonce_starts_its_count_again_and_keeps_the_session_key()
    {
        DigestSession session = Session("Digest realm=r, nonce=n, qop=auth, algorithm=MD5-sess");
        session.Authorize("GET", "/");
        Challenge answer = Answer(session.WithNonce("m").Authorize("GET", "/"));

        Assert.Equal(("m", "00000001"), (answer.Find("nonce"), answer.Find("nc")));
        string a1 = Md5($"{Md5("user:r:password")}:n:cnonce");
        Assert.Equal(Md5($"{a1}:m:00000001:cnonce:auth:{Md5("GET:/")}"), answer.Find("response"));
    }

    private static DigestSession Session(string challenge) => Session(challenge, new("user", "password"), "cnonce");

    private static DigestSession Session(string challenge, UserCredentials credentials, string cnonce) =>
        new(DigestChallenge.Select(ChallengeParser.Parse(challenge))!, credentials, cnonce);

    private static Challenge Answer(string authorization) => ChallengeParser.Parse(authorization)[0];

    private static string? Find(string authorization, string name) => Answer(authorization).Find(name);

    private static string Md5(string text) => DigestAlgorithm.Find("MD5")!.Hash(text);
}
