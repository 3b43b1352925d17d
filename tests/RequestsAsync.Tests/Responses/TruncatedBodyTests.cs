namespace RequestsAsync.Tests;

/// <summary>A body that the server does not finish is lost, however it is read.</summary>
public sealed class TruncatedBodyTests
{
    public static TheoryData<string> Bodies =>
    [
        "Content-Length: 20\r\n\r\n0123456789",
        "Content-Length: 20\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n14\r\n0123456789",
        "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789",
        "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n",
        "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n",
        "Transfer-Encoding: chunked\r\n\r\na",
        "Transfer-Encoding: chunked\r\n\r\n",
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task It_is_lost_when_read_into_memory(string rest)
    {
        await using FaultyServer server = Server(rest);
        await using Session session = new();
        await Assert.ThrowsAsync<ConnectionLostException>(() => session.GetAsync(server.Url));
        Assert.Throws<ConnectionLostException>(() => session.Get(server.Url));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task It_is_lost_when_read_piece_by_piece(string rest)
    {
        await using FaultyServer server = Server(rest);
        await using Session session = new();
        await using Response awaited = await session.StreamAsync("GET", server.Url);
        using Response blocking = session.Stream("GET", server.Url);

        await Assert.ThrowsAsync<ConnectionLostException>(async () =>
        {
            await foreach (ReadOnlyMemory<byte> _ in awaited.ChunksAsync())
            {
            }
        });
        Assert.Throws<ConnectionLostException>(() => blocking.Chunks().Count());
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task It_is_lost_when_read_line_by_line(string rest)
    {
        await using FaultyServer server = Server(rest);
        await using Session session = new();
        await using Response awaited = await session.StreamAsync("GET", server.Url);
        using Response blocking = session.Stream("GET", server.Url);

        await Assert.ThrowsAsync<ConnectionLostException>(async () =>
        {
            await foreach (string _ in awaited.LinesAsync())
            {
            }
        });
        Assert.Throws<ConnectionLostException>(() => blocking.Lines().Count());
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task It_leaves_no_file(string rest)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            await using FaultyServer server = Server(rest);
            await using Session session = new();
            await using Response awaited = await session.StreamAsync("GET", server.Url);
            using Response blocking = session.Stream("GET", server.Url);

            await Assert.ThrowsAsync<ConnectionLostException>(() => awaited.SaveAsync(Path.Combine(folder.FullName, "awaited")));
            Assert.Throws<ConnectionLostException>(() => blocking.Save(Path.Combine(folder.FullName, "blocking")));

            Assert.Empty(folder.GetFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("z\r\n0123456789\r\n")]
    [InlineData("-1\r\n0\r\n")]
    [InlineData("+1\r\n0\r\n")]
    [InlineData("0x1\r\n0\r\n")]
    [InlineData("1 0\r\n0\r\n")]
    [InlineData("10000000000000001\r\n0\r\n")]
    [InlineData("1\r\n01\r\n0\r\n\r\n")]
    public async Task A_chunk_that_is_none_breaks_the_protocol(string chunks)
    {
        await using FaultyServer server = Server("Transfer-Encoding: chunked\r\n\r\n" + chunks);
        await using Session session = new();
        await using Response response = await session.StreamAsync("GET", server.Url);

        await Assert.ThrowsAsync<ProtocolException>(() => response.CopyToAsync(Stream.Null));
        await Assert.ThrowsAsync<ProtocolException>(() => session.GetAsync(server.Url));
        Assert.Throws<ProtocolException>(() => session.Get(server.Url));
    }

    private static FaultyServer Server(string rest) => FaultyServer.Start("HTTP/1.1 200 OK\r\n" + rest);
}
