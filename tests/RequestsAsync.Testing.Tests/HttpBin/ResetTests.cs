namespace RequestsAsync.Testing.Tests;

public class ResetTests(WireFixture wires) : IClassFixture<WireFixture>
{
    [Theory]
    [MemberData(nameof(WireFixture.Wires), MemberType = typeof(WireFixture))]
    public async Task Before_the_head_nothing_comes(string wire)
    {
        await using Session session = wires.Open(wire);
        await Assert.ThrowsAnyAsync<TransportException>(() => session.PostAsync("/reset/before-head", new() { Content = "x" }));
    }

    [Theory]
    [MemberData(nameof(WireFixture.Wires), MemberType = typeof(WireFixture))]
    public async Task Behind_the_head_the_body_is_missing(string wire)
    {
        await using Session session = wires.Open(wire);
        await using Response response = await session.StreamAsync("GET", "/reset/after-head");
        Assert.Equal(200, response.StatusCode);
        Assert.Equal("1000", response.Headers["Content-Length"]);
        await Assert.ThrowsAnyAsync<RequestException>(async () => await response.ReadAsync());
    }

    [Theory]
    [MemberData(nameof(WireFixture.Wires), MemberType = typeof(WireFixture))]
    public async Task In_the_middle_half_of_the_body_comes(string wire)
    {
        await using Session session = wires.Open(wire);
        await using Response response = await session.StreamAsync("GET", "/reset/mid-body?size=200000");
        long received = 0;
        await Assert.ThrowsAnyAsync<RequestException>(async () =>
        {
            await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(CancellationToken.None)) received += chunk.Length;
        });
        if (WireFixture.IsHttp2(wire)) Assert.InRange(received, 0, 100_000);
        else Assert.Equal(100_000, received);
    }

    [Theory]
    [InlineData("before-head", 2)]
    [InlineData("before-head?code=8", 8)]
    [InlineData("after-head?code=13", 13)]
    [InlineData("mid-body?code=11", 11)]
    public async Task A_stream_of_HTTP2_is_reset_with_a_code(string when, byte code)
    {
        using RawConnection connection = await RawConnection.OpenAsync(wires.Plain);
        await RawHttp2.BeginAsync(connection);
        await RawHttp2.GetAsync(connection, stream: 1, "/reset/" + when);
        var types = new List<byte>();
        while (true)
        {
            (byte type, _, byte[] payload) = await RawHttp2.NextAsync(connection, stream: 1);
            types.Add(type);
            if (type != RawHttp2.Reset) continue;
            Assert.Equal([0, 0, 0, code], payload);
            break;
        }

        byte[] expected = when switch
        {
            ['b', ..] => [RawHttp2.Reset],
            ['a', ..] => [RawHttp2.Headers, RawHttp2.Reset],
            _ => [RawHttp2.Headers, RawHttp2.Data, RawHttp2.Reset],
        };
        Assert.Equal(expected, types);

        // The connection goes on.
        await RawHttp2.GetAsync(connection, stream: 3, "/status/200");
        Assert.Equal(RawHttp2.Headers, (await RawHttp2.NextAsync(connection, stream: 3)).Type);
    }

    [Fact]
    public async Task In_memory_the_call_fails()
    {
        await using Session session = new(wires.Plain.CreateHandler(), new() { BaseAddress = wires.Plain.Url });
        foreach (string when in (string[])["before-head", "after-head", "mid-body"])
            await Assert.ThrowsAnyAsync<RequestException>(() => session.GetAsync("/reset/" + when));
    }

    [Theory]
    [InlineData("/reset/later", 404)]
    [InlineData("/reset/mid-body?size=x", 400)]
    [InlineData("/reset/before-head?code=-1", 400)]
    public async Task What_is_wrong_is_refused(string path, int status)
    {
        await using Session session = wires.Open("http/1.1");
        Assert.Equal(status, (await session.GetAsync(path)).StatusCode);
    }
}
