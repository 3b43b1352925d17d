namespace RequestsAsync.Tests;

[Collection(Alone.Name)]
public sealed class LargeBodyTests
{
    private const long Size = 200L << 20;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_large_file_is_sent_in_flat_memory(bool awaited, bool chunked)
    {
        long received = 0;
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            received = await connection.DiscardAsync(Size);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            received += await connection.DiscardAsync(long.MaxValue);
        });
        await using Session session = new(new() { Timeout = Timeouts.Infinite });
        long before = GC.GetTotalAllocatedBytes(precise: true);

        await session.SendAsync(awaited, "POST", server.Url, new() { Files = { ["big"] = new GeneratedStream(Size, canSeek: !chunked) } });

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 20 << 20);
        Assert.True(received >= Size);
    }
}
