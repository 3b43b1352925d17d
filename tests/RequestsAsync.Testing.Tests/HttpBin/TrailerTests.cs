using System.Security.Cryptography;

namespace RequestsAsync.Testing.Tests;

public class TrailerTests(WireFixture wires) : IClassFixture<WireFixture>
{
    [Theory]
    [MemberData(nameof(WireFixture.Wires), MemberType = typeof(WireFixture))]
    public async Task They_are_announced_and_sent(string wire)
    {
        await using Session session = wires.Open(wire);
        Response hashed = await session.GetAsync("/trailers");
        Assert.Equal("X-Content-SHA256", hashed.Headers["Trailer"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(hashed.Content.Span)), hashed.Trailers["X-Content-SHA256"]);

        Response chosen = await session.GetAsync("/trailers?Grade=A&Note=1&Note=2");
        Assert.Equal("Grade,Note", string.Join(',', chosen.Headers.GetValues("Trailer")).Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("A", chosen.Trailers["Grade"]);
        Assert.Equal(["1", "2"], chosen.Trailers.GetValues("Note"));
        Assert.Equal("A", chosen.Json().GetProperty("args").GetProperty("Grade").GetString());
    }

    [Theory]
    [InlineData("Content-Length=1")]
    [InlineData("transfer-encoding=chunked")]
    [InlineData("Set-Cookie=a")]
    [InlineData("a%20b=1")]
    [InlineData("a=1%0D%0Ab:2")]
    public async Task What_is_no_trailer_is_refused(string query)
    {
        await using Session session = wires.Open("http/1.1");
        Assert.Equal(400, (await session.GetAsync("/trailers?" + query)).StatusCode);
    }

    [Fact]
    public async Task HTTP_1_0_has_none()
    {
        using RawConnection connection = await RawConnection.OpenAsync(wires.Plain);
        await connection.SendAsync("GET /trailers?Grade=A HTTP/1.0\r\n\r\n");
        string answer = await connection.ReadToEndAsync();
        Assert.DoesNotContain("Trailer:", answer, StringComparison.Ordinal);
        Assert.EndsWith("}\n", answer, StringComparison.Ordinal);
    }
}
