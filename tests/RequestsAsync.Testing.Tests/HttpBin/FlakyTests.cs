namespace RequestsAsync.Testing.Tests;

public class FlakyTests(WireFixture wires) : IClassFixture<WireFixture>
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1000, 1000)]
    [InlineData(0.5, 450, 550)]
    [InlineData(0.1, 70, 130)]
    public void That_share_fails(double ratio, int atLeast, int atMost)
    {
        foreach (long seed in (long[])[0, 1, 2, -1, long.MaxValue])
            Assert.InRange(Enumerable.Range(1, 1000).Count(number => FlakySequence.Fails(ratio, seed, number)), atLeast, atMost);
    }

    [Fact]
    public async Task The_same_seed_fails_the_same_requests()
    {
        string expected = string.Concat(Enumerable.Range(1, 40).Select(static number => FlakySequence.Fails(0.3, 7, number) ? 'x' : '.'));
        Assert.Contains('x', expected);
        for (int run = 0; run < 2; run++)
        {
            await using var bin = await HttpBin.StartInProcessAsync();
            await using Session session = new(bin.CreateHandler(), new() { BaseAddress = bin.Url });
            var seen = new System.Text.StringBuilder();
            for (int i = 1; i <= 40; i++)
            {
                Response response = await session.GetAsync("/flaky/0.3?seed=7&status=500");
                Assert.Equal(i, response.Json().GetProperty("number").GetInt32());
                Assert.Equal(response.StatusCode == 500, response.Json().GetProperty("failed").GetBoolean());
                seen.Append(response.StatusCode == 500 ? 'x' : '.');
                await session.GetAsync("/flaky/0.3?seed=7&key=another");
            }

            Assert.Equal(expected, seen.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(WireFixture.Wires), MemberType = typeof(WireFixture))]
    public async Task It_fails_by_a_reset_too(string wire)
    {
        await using Session session = wires.Open(wire);
        await Assert.ThrowsAnyAsync<TransportException>(() => session.PostAsync("/flaky/1?how=reset", new() { Content = "x" }));
        Assert.Equal(200, (await session.GetAsync("/flaky/0?how=reset")).StatusCode);
    }

    [Fact]
    public async Task A_client_that_tries_again_gets_there()
    {
        await using Session session = wires.Open("http/1.1");
        Retry retry = Retry.Default with { Attempts = 30, Delay = TimeSpan.Zero, Budget = 1000 };
        Response response = await session.GetAsync("/flaky/0.8?seed=5&retry_after=0&key=retry", new() { Retry = retry });
        Assert.Equal(200, response.StatusCode);
        Assert.Equal(Enumerable.Range(1, 30).First(static number => !FlakySequence.Fails(0.8, 5, number)), response.Attempts);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("-0.1")]
    [InlineData("x")]
    [InlineData("0.5?how=slowly")]
    [InlineData("0.5?status=42")]
    [InlineData("0.5?seed=x")]
    public async Task What_is_wrong_is_refused(string path)
    {
        await using Session session = wires.Open("http/1.1");
        Assert.Equal(400, (await session.GetAsync("/flaky/" + path)).StatusCode);
    }
}
