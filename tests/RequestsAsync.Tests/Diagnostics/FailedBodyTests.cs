using System.Diagnostics;

namespace RequestsAsync.Tests;

/// <summary>The span of a request whose body fails when its head was well.</summary>
public sealed class FailedBodyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_span_says_what_the_body_failed_of(bool streamed)
    {
        List<Activity> ended = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = static source => source.Name == "RequestsAsync",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (ended)
                {
                    ended.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
        await using Session session = new();

        await Assert.ThrowsAsync<ConnectionLostException>(async () =>
        {
            await using Response response = streamed ? await session.StreamAsync("GET", server.Url) : await session.GetAsync(server.Url);
            await response.ReadAsync(TestContext.Current.CancellationToken);
        });

        lock (ended)
        {
            Activity span = Assert.Single(ended, activity => Equals(activity.GetTagItem("server.port"), server.Port));
            Assert.Equal("RequestsAsync.ConnectionLostException", span.GetTagItem("error.type"));
            Assert.Equal(ActivityStatusCode.Error, span.Status);
        }
    }
}
