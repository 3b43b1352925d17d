using System.Net;

namespace RequestsAsync.Tests;

public class TimingsTests(BinFixture bin)
{
    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task A_new_connection_is_told_from_one_that_was_there(bool awaited)
    {
        await using Session session = new();

        Response first = await session.SendAsync(awaited, "GET", bin.Url + "/get");
        Response second = await session.SendAsync(awaited, "GET", bin.Url + "/get");

        Assert.False(first.ConnectionReused);
        Assert.True(first.Timings.Connect > TimeSpan.Zero);
        Assert.True(second.ConnectionReused);
        Assert.Equal(TimeSpan.Zero, second.Timings.Connect);
        Assert.Equal(IPAddress.Loopback, Assert.IsType<IPEndPoint>(second.RemoteEndPoint).Address);
    }

    [Fact]
    public async Task The_marks_follow_one_another()
    {
        await using Session session = new();

        Response response = await session.PostAsync(bin.Url + "/delay/0.1", new() { Content = "content" }, TestContext.Current.CancellationToken);

        Timings t = response.Timings;
        Assert.True(t.Queue + t.Dns + t.Connect <= t.RequestSent);
        Assert.True(t.RequestSent < t.FirstByte);
        Assert.True(t.FirstByte - t.RequestSent > TimeSpan.FromMilliseconds(50));
        Assert.True(t.FirstByte <= t.Total);
        Assert.Same(t, response.Timings);
    }

    [Fact]
    public async Task The_total_of_a_stream_grows_until_it_ends()
    {
        await using Session session = new();

        await using Response response = await session.StreamAsync("GET", bin.Url + "/drip?numbytes=3&duration=0.2&delay=0", cancellationToken: TestContext.Current.CancellationToken);
        TimeSpan before = response.Timings.Total;
        await response.ReadAsync(TestContext.Current.CancellationToken);
        TimeSpan after = response.Timings.Total;

        Assert.True(after > before + TimeSpan.FromMilliseconds(50));
        Assert.Equal(after, response.Timings.Total);
    }

    [Fact]
    public async Task A_handler_of_ones_own_tells_nothing_of_connections()
    {
        await using Session session = new(new MemoryHandler(_ => MemoryHandler.Ok()));

        Response response = await session.GetAsync("http://example.test/", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(response.RemoteEndPoint);
        Assert.False(response.ConnectionReused);
        Assert.Null(response.Tls);
        Assert.NotNull(response.Timings.FirstByte);
    }
}
