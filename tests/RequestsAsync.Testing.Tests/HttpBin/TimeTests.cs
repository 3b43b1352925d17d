using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync.Testing.Tests;

/// <summary>Everything that waits, under a clock that the test moves.</summary>
public class TimeTests
{
    private readonly ManualTime _time = new();

    public static TheoryData<string, double> Delays => new()
    {
        { "/delay/3", 3 },
        { "/delay/0.25", 0.25 },
        { "/delay/1e1", 10 },
        { "/delay/600", 10 },
        { "/drip?delay=4&duration=0", 4 },
        { "/range/10?duration=2", 2 },
    };

    [Theory]
    [MemberData(nameof(Delays))]
    public async Task An_answer_waits_as_long_as_asked(string path, double seconds)
    {
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = _time });
        foreach (HttpMessageHandler handler in (HttpMessageHandler[])[BinFixture.PlainHandler(), bin.CreateHandler()])
        {
            using var client = new HttpClient(handler);
            Task<byte[]> answer = client.GetByteArrayAsync(bin.Url + path);
            await _time.UntilWaitingAsync(1);
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(1, _time.Waiting);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.NotEmpty(await answer);
        }
    }

    [Fact]
    public async Task A_drip_sends_a_byte_at_a_time()
    {
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = _time });
        using var client = new HttpClient();
        await using Stream body = await client.GetStreamAsync(bin.Url + "/drip?duration=4&numbytes=4");
        byte[] buffer = new byte[10];
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(1, await body.ReadAsync(buffer));
            Assert.Equal((byte)'*', buffer[0]);
            if (i == 3) break;
            await _time.UntilWaitingAsync(1);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, await body.ReadAsync(buffer));
        Assert.Equal(0, _time.Waiting);
    }

    [Fact]
    public async Task A_drip_faster_than_a_timer_sends_several_bytes_at_a_time()
    {
        await using var bin = await HttpBin.StartAsync();
        using var client = new HttpClient();
        var watch = Stopwatch.StartNew();
        Assert.Equal(10 * 1024 * 1024, (await client.GetByteArrayAsync(bin.Url + "/drip?duration=0.05&numbytes=99999999")).Length);
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(0.05));
    }

    [Fact]
    public async Task A_range_spreads_over_its_duration()
    {
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = _time });
        using var client = new HttpClient();
        using var message = BinFixture.Message("GET", bin.Url + "/range/10?duration=10&chunk_size=2", ("Range", "bytes=4-7"));
        using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[10];
        foreach (string piece in (string[])["ef", "gh"])
        {
            await _time.UntilWaitingAsync(1);
            _time.Advance(TimeSpan.FromSeconds(2));
            Assert.Equal(piece, Encoding.ASCII.GetString(buffer, 0, await body.ReadAsync(buffer)));
        }
    }

    [Fact]
    public async Task Five_thousand_delays_wait_at_once()
    {
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = _time });
        using var client = new HttpClient(bin.CreateHandler());
        Task<HttpResponseMessage>[] answers = [.. Enumerable.Range(0, 5000).Select(_ => client.GetAsync(bin.Url + "/delay/5"))];
        await _time.UntilWaitingAsync(answers.Length);
        _time.Advance(TimeSpan.FromSeconds(5));
        foreach (HttpResponseMessage response in await Task.WhenAll(answers))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            response.Dispose();
        }
    }

    [Theory]
    [InlineData("/delay/10")]
    [InlineData("/drip?delay=10")]
    [InlineData("/drip?duration=10")]
    [InlineData("/range/1000?duration=10")]
    public async Task A_client_that_leaves_ends_the_wait(string path)
    {
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = _time });
        foreach (HttpMessageHandler handler in (HttpMessageHandler[])[BinFixture.PlainHandler(), bin.CreateHandler()])
        {
            using var client = new HttpClient(handler);
            using var leave = new CancellationTokenSource();
            Task<byte[]> answer = client.GetByteArrayAsync(bin.Url + path, leave.Token);
            await _time.UntilWaitingAsync(1);
            await leave.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
            await _time.UntilWaitingAsync(0);
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_ends_the_wait()
    {
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = _time });
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, new Uri(bin.Url).Port);
            await socket.GetStream().WriteAsync("GET /delay/10 HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
            await _time.UntilWaitingAsync(1);
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        await _time.UntilWaitingAsync(0);
    }

    [Theory]
    [InlineData("/delay/10")]
    [InlineData("/drip?duration=10")]
    public async Task A_stop_ends_the_wait_and_takes_no_time(string path)
    {
        foreach (bool inMemory in (bool[])[false, true])
        {
            var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = _time });
            using var client = new HttpClient(inMemory ? bin.CreateHandler() : BinFixture.PlainHandler());
            Task<byte[]> answer = client.GetByteArrayAsync(bin.Url + path);
            await _time.UntilWaitingAsync(1);
            var watch = Stopwatch.StartNew();
            await bin.DisposeAsync();
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
            await Assert.ThrowsAnyAsync<Exception>(() => answer);
            await _time.UntilWaitingAsync(0);
        }
    }
}
