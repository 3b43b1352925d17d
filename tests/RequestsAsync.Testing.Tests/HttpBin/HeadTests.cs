using System.Text;

namespace RequestsAsync.Testing.Tests;

/// <summary>Interim answers and slow heads, on the wire.</summary>
public class HeadTests(WireFixture wires) : IClassFixture<WireFixture>
{
    private const string Hint = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload; as=style\r\nLink: </script.js>; rel=preload; as=script\r\n\r\n";

    [Theory]
    [MemberData(nameof(WireFixture.Wires), MemberType = typeof(WireFixture))]
    public async Task Behind_early_hints_comes_the_answer(string wire)
    {
        await using Session session = wires.Open(wire);
        foreach (Response response in await WireFixture.RepeatAsync(wire, () => session.PostAsync("/early-hints?count=3", new() { Content = "text" })))
        {
            Assert.Equal(200, response.StatusCode);
            Assert.Equal(2, response.Links.Count);
            Assert.Equal("text", response.Json().GetProperty("data").GetString());
        }
    }

    [Fact]
    public async Task Early_hints_come_before_the_answer()
    {
        var time = new ManualTime();
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = time });
        using RawConnection connection = await RawConnection.OpenAsync(bin);
        for (int i = 0; i < 2; i++)
        {
            await connection.GetAsync("/early-hints?count=2&delay=5");
            for (int hint = 0; hint < 2; hint++)
            {
                Assert.Equal(Hint, await connection.ReadToAsync("\r\n\r\n"));
                await time.UntilWaitingAsync(1);
                Assert.Equal(0, connection.Available);
                time.Advance(TimeSpan.FromSeconds(5));
            }

            string head = await connection.ReadToAsync("\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", head, StringComparison.Ordinal);
            Assert.Contains("Link: </style.css>; rel=preload; as=style\r\n", head, StringComparison.Ordinal);
            await connection.ReadToAsync("\n}\n");
        }
    }

    [Fact]
    public async Task Early_hints_are_frames_in_HTTP2()
    {
        var time = new ManualTime();
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = time });
        using RawConnection connection = await RawConnection.OpenAsync(bin);
        await RawHttp2.BeginAsync(connection);
        foreach (int stream in (int[])[1, 3])
        {
            await RawHttp2.GetAsync(connection, stream, "/early-hints?delay=5&link=</a>;rel=next");
            (byte type, byte flags, byte[] hint) = await RawHttp2.NextAsync(connection, stream);
            Assert.Equal((RawHttp2.Headers, (byte)4), (type, flags));
            Assert.Equal("\0\u0007:status\u0003103\0\u0004link\u000d</a>;rel=next", Encoding.ASCII.GetString(hint));
            await time.UntilWaitingAsync(1);
            time.Advance(TimeSpan.FromSeconds(5));

            (type, flags, byte[] head) = await RawHttp2.NextAsync(connection, stream);
            Assert.Equal((RawHttp2.Headers, (byte)4), (type, flags));
            Assert.Contains((byte)0x88, head);
            Assert.Equal(RawHttp2.Data, (await RawHttp2.NextAsync(connection, stream)).Type);
        }
    }

    [Fact]
    public async Task HTTP_1_0_gets_no_early_hints()
    {
        using RawConnection connection = await RawConnection.OpenAsync(wires.Plain);
        await connection.SendAsync("GET /early-hints HTTP/1.0\r\n\r\n");
        string answer = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(" 103 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/early-hints?link=a%0D%0Ab", 400)]
    [InlineData("/early-hints?count=x", 400)]
    [InlineData("/slow-headers?by=word", 400)]
    [InlineData("/slow-headers?interval=x", 400)]
    public async Task What_is_wrong_is_refused(string path, int status)
    {
        await using Session session = wires.Open("http/1.1");
        Assert.Equal(status, (await session.GetAsync(path)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(WireFixture.Wires), MemberType = typeof(WireFixture))]
    public async Task A_slow_head_is_a_head(string wire)
    {
        await using Session session = wires.Open(wire);
        foreach (string by in (string[])["byte", "line"])
        {
            Response response = await session.PutAsync($"/slow-headers?interval=0&by={by}", new() { Content = "text" });
            Assert.Equal(200, response.StatusCode);
            Assert.Equal("text", response.Json().GetProperty("data").GetString());
        }
    }

    [Theory]
    [InlineData("byte")]
    [InlineData("line")]
    public async Task A_head_comes_in_pieces(string by)
    {
        var time = new ManualTime();
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = time });
        using RawConnection connection = await RawConnection.OpenAsync(bin);
        await connection.GetAsync($"/slow-headers?interval=7&by={by}");
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            string piece = by == "byte" ? Encoding.ASCII.GetString(await connection.ReadAsync(1)) : await connection.ReadToAsync("\n");
            head.Append(piece);
            if (head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) break;
            await time.UntilWaitingAsync(1);
            Assert.Equal(0, connection.Available);
            time.Advance(TimeSpan.FromSeconds(7));
        }

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head.ToString(), StringComparison.Ordinal);
        await connection.ReadToAsync("\n}\n");

        // The next head on the connection is as fast as any.
        await connection.GetAsync("/get");
        await connection.ReadToAsync("\n}\n");
        Assert.Equal(0, time.Waiting);
    }

    [Fact]
    public async Task A_head_of_HTTP2_comes_in_pieces()
    {
        var time = new ManualTime();
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = time });
        using RawConnection connection = await RawConnection.OpenAsync(bin);
        await RawHttp2.BeginAsync(connection);
        await RawHttp2.GetAsync(connection, stream: 1, "/slow-headers?interval=7");
        Task<(byte Type, byte Flags, byte[] Payload)> frame = RawHttp2.NextAsync(connection, stream: 1);
        int pauses = 0;
        for (; !frame.IsCompleted; pauses++)
        {
            Task waiting = time.UntilWaitingAsync(1);
            if (await Task.WhenAny(frame, waiting) == frame) break;
            time.Advance(TimeSpan.FromSeconds(7));
        }

        Assert.Equal(RawHttp2.Headers, (await frame).Type);
        Assert.Equal(9 + (await frame).Payload.Length - 1, pauses);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_a_slow_head()
    {
        var time = new ManualTime();
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = time });
        using (RawConnection connection = await RawConnection.OpenAsync(bin))
        {
            await connection.GetAsync("/slow-headers?interval=7");
            await time.UntilWaitingAsync(1);
        }

        await time.UntilWaitingAsync(0);
    }
}
