using System.Text;

namespace RequestsAsync.Tests;

public sealed class LinesTests(BinFixture bin)
{
    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Lines_come_without_their_ends_however_the_network_cuts_them(bool awaited)
    {
        await using FaultyServer server = Answers.Server(Answers.ByteByByte("text/plain", "one\r\ntwo\n\rthree"u8.ToArray()));
        await using Session session = new();
        await using Response streamed = await session.OpenAsync(awaited, server.Url);
        Assert.Equal(["one", "two", "", "three"], await streamed.ReadLinesAsync(awaited));
        Assert.Throws<BodyConsumedException>(() => streamed.Text);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_body_in_memory_has_lines_as_often_as_asked(bool awaited)
    {
        await using Session session = new();
        Response response = await session.GetAsync(bin.Url + "/stream/100");

        List<string> lines = await response.ReadLinesAsync(awaited);
        Assert.Equal(100, lines.Count);
        Assert.Equal(response.Text, string.Concat(lines.Select(line => line + "\n")));
        Assert.Equal(lines, await response.ReadLinesAsync(awaited));
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_line_is_here_before_the_next_is_sent(bool awaited)
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nfirst\n");
            await seen.Task.WaitAsync(connection.Stop);
            await connection.WriteAsync("second");
        });
        await using Session session = new();
        await using Response response = await session.OpenAsync(awaited, server.Url);

        List<string> lines = [];
        if (awaited)
        {
            await foreach (string line in response.LinesAsync())
                Take(line);
        }
        else
        {
            await Reading.OnThreadAsync(() =>
            {
                foreach (string line in response.Lines())
                    Take(line);
                return true;
            });
        }

        Assert.Equal(["first", "second"], lines);

        void Take(string line)
        {
            lines.Add(line);
            seen.TrySetResult();
        }
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task An_endless_line_is_given_up_and_an_endless_body_is_not(bool awaited)
    {
        string body = string.Concat(Enumerable.Repeat("0123456789\n", 1000)) + new string('x', 11) + "\n";
        await using FaultyServer server = Answers.Server(Answers.Whole("text/plain", Encoding.ASCII.GetBytes(body)));
        await using Session session = new(new() { MaxResponseBytes = 10 });
        await using Response response = await session.OpenAsync(awaited, server.Url);

        ContentException e = await Assert.ThrowsAsync<ContentException>(() => response.ReadLinesAsync(awaited));

        Assert.Contains("longer than 10", e.Message, StringComparison.Ordinal);
        Assert.Contains(server.Url, e.Message, StringComparison.Ordinal);
        Assert.Same(response, e.Response);

        await using Response larger = await session.OpenAsync(awaited, server.Url, new() { MaxResponseBytes = 11 });
        Assert.Equal(1001, (await larger.ReadLinesAsync(awaited)).Count);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task What_came_before_the_connection_was_lost_is_delivered(bool awaited)
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\none\ntwo\nthr");
        await using Session session = new();
        await using Response response = await session.OpenAsync(awaited, server.Url);
        List<string> lines = [];
        await Assert.ThrowsAsync<ConnectionLostException>(async () =>
        {
            if (awaited)
            {
                await foreach (string line in response.LinesAsync())
                    lines.Add(line);
            }
            else
                lines.AddRange(await Reading.OnThreadAsync(() => response.Lines().Select(Keep).ToList()));
        });
        Assert.Equal(["one", "two"], lines);

        string Keep(string line)
        {
            lines.Add(line);
            return line;
        }
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Chunks_are_the_whole_body(bool awaited)
    {
        await using Session session = new();
        Response buffered = await session.GetAsync(bin.Url + "/bytes/70000?seed=1");
        await using Response streamed = await session.OpenAsync(awaited, bin.Url + "/bytes/70000?seed=1");

        Assert.Equal(buffered.Content.ToArray(), await streamed.ReadChunksAsync(awaited));
        Assert.Equal(buffered.Content.ToArray(), await buffered.ReadChunksAsync(awaited));
        await Assert.ThrowsAsync<BodyConsumedException>(() => streamed.ReadChunksAsync(awaited));
    }

    [Fact]
    public async Task Leaving_the_lines_early_ends_the_response()
    {
        await using Session session = new();
        await using Response response = await session.StreamAsync("GET", bin.Url + "/stream/100");
        await foreach (string line in response.LinesAsync())
        {
            Assert.NotEmpty(line);
            break;
        }

        Assert.Throws<BodyConsumedException>(() => response.Text);
    }
}
