namespace RequestsAsync.Tests;

public sealed class DigestChallengeTests
{
    [Theory]
    [InlineData("Digest realm=r, nonce=n", "MD5")]
    [InlineData("Digest realm=r, nonce=n, algorithm=sha-256-SESS", "SHA-256-sess")]
    [InlineData("Basic realm=r, Digest realm=r, nonce=n", "MD5")]
    [InlineData("Digest realm=r, nonce=a, algorithm=MD5, Digest realm=r, nonce=b, algorithm=SHA-256", "SHA-256")]
    [InlineData("Digest realm=r, nonce=a, algorithm=SHA-512-256, Digest realm=r, nonce=b, algorithm=SHA-256", "SHA-512-256")]
    [InlineData("Digest realm=r, nonce=a, algorithm=SHA-1, Digest realm=r, nonce=b", "MD5")]
    [InlineData("Digest realm=r, nonce=a, algorithm=SHA-256, qop=new, Digest realm=r, nonce=b", "MD5")]
    public void Strongest_that_is_understood_is_selected(string field, string algorithm) => Assert.Equal(algorithm, Select(field)?.Algorithm.Name);

    [Fact]
    public void Of_equals_the_first_is_selected() => Assert.Equal("a", Select("Digest realm=r, nonce=a, Digest realm=r, nonce=b")?.Nonce);

    [Theory]
    [InlineData("")]
    [InlineData("Basic realm=r, nonce=n")]
    [InlineData("Digest nonce=n")]
    [InlineData("Digest realm=r")]
    [InlineData("Digest realm=r, nonce=\"\"")]
    [InlineData("Digest realm=r, nonce=n, algorithm=SHA3-256")]
    [InlineData("Digest realm=r, nonce=n, algorithm=\"\"")]
    [InlineData("Digest realm=r, nonce=n, qop=auth-conf")]
    [InlineData("Digest realm=\"r\r\nX: y\", nonce=n")]
    [InlineData("Digest realm=r, nonce=\"n\0\"")]
    [InlineData("Digest realm=r, nonce=n, opaque=\"\u007f\"")]
    public void What_cannot_be_answered_is_not(string field) => Assert.Null(Select(field));

    [Theory]
    [InlineData("", "None")]
    [InlineData(", qop=\"\"", "None")]
    [InlineData(", qop=auth", "Auth")]
    [InlineData(", qop=\"auth-int\"", "AuthInt")]
    [InlineData(", qop=\"auth-int,auth\"", "Auth")]
    [InlineData(", qop=\" AUTH-INT , new\"", "AuthInt")]
    public void Quality_auth_is_preferred(string qop, string expected) => Assert.Equal(expected, Select("Digest realm=r, nonce=n" + qop)?.Qop.ToString());

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    [InlineData("1", false)]
    public void Flags_are_true_or_not(string value, bool expected)
    {
        DigestChallenge challenge = Select($"Digest realm=r, nonce=n, stale={value}, userhash=\"{value}\"")!;
        Assert.Equal(expected, challenge.IsStale);
        Assert.Equal(expected, challenge.HashesUserName);
    }

    private static DigestChallenge? Select(string field) => DigestChallenge.Select(ChallengeParser.Parse(field));
}
