namespace RequestsAsync.Testing.Tests;

public class ServerSentEventTests(WireFixture wires) : IClassFixture<WireFixture>
{
    [Theory]
    [MemberData(nameof(WireFixture.Wires), MemberType = typeof(WireFixture))]
    public async Task Events_are_numbered(string wire)
    {
        await using Session session = wires.Open(wire);
        Response response = await session.GetAsync("/sse?count=2&interval=0&event=tick&retry=50");
        Assert.Equal("text/event-stream", response.Headers["Content-Type"]);
        Assert.Equal("no-store", response.Headers["Cache-Control"]);
        Assert.Equal("retry: 50\n\nid: 1\nevent: tick\ndata: {\"id\": 1}\n\nid: 2\nevent: tick\ndata: {\"id\": 2}\n\n", response.Text);
    }

    [Theory]
    [InlineData("", null, "1 2 3 4 5")]
    [InlineData("&break=2", null, "1 2")]
    [InlineData("&break=2", "2", "3 4")]
    [InlineData("&break=2", "4", "5")]
    [InlineData("", "3", "4 5")]
    [InlineData("", "nonsense", "1 2 3 4 5")]
    [InlineData("&ids=false", null, "- - - - -")]
    [InlineData("&break=0", null, "")]
    public async Task A_client_goes_on_behind_the_last_event_it_saw(string query, string? lastEventId, string ids)
    {
        await using Session session = wires.Open("http/1.1");
        var options = new RequestOptions();
        if (lastEventId is not null) options.Headers["Last-Event-ID"] = lastEventId;
        Response response = await session.GetAsync("/sse?count=5&interval=0" + query, options);
        Assert.Equal(200, response.StatusCode);
        Assert.Equal(ids, string.Join(' ', response.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(static text => text.StartsWith("id: ", StringComparison.Ordinal) ? text[4..text.IndexOf('\n', StringComparison.Ordinal)] : "-")));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("99")]
    [InlineData("2147483647")]
    public async Task A_client_that_saw_the_last_is_told_to_stay_away(string lastEventId)
    {
        await using Session session = wires.Open("http/1.1");
        Assert.Equal(204, (await session.GetAsync("/sse?count=5", new() { Headers = { ["Last-Event-ID"] = lastEventId } })).StatusCode);
    }

    [Theory]
    [InlineData("count=-1")]
    [InlineData("count=x")]
    [InlineData("interval=-1")]
    [InlineData("ids=maybe")]
    [InlineData("retry=soon")]
    [InlineData("event=a%0Ab")]
    public async Task What_is_wrong_is_refused(string query)
    {
        await using Session session = wires.Open("http/1.1");
        Assert.Equal(400, (await session.GetAsync("/sse?" + query)).StatusCode);
    }

    [Fact]
    public async Task An_interval_passes_between_two_events()
    {
        var time = new ManualTime();
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = time });
        await using Session session = WireFixture.Open("http/1.1", bin);
        await using Response response = await session.StreamAsync("GET", "/sse?count=3&interval=60");
        await using IAsyncEnumerator<string> lines = response.LinesAsync(CancellationToken.None).GetAsyncEnumerator();
        for (int i = 1; i <= 3; i++)
        {
            foreach (string line in (string[])[$"id: {i}", $"data: {{\"id\": {i}}}", ""])
            {
                Assert.True(await lines.MoveNextAsync());
                Assert.Equal(line, lines.Current);
            }

            if (i == 3) break;
            await time.UntilWaitingAsync(1);
            time.Advance(TimeSpan.FromSeconds(60));
        }

        Assert.False(await lines.MoveNextAsync());
    }
}
