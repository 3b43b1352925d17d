using System.Text.Json;

namespace RequestsAsync.Interop;

/// <summary>httpbin behind haproxy, which the client takes for the origin.</summary>
[Collection(nameof(HttpBinCollection))]
public sealed class HaproxyTests(HaproxyServer front, HttpBinServer httpbin) : IClassFixture<HaproxyServer>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_arrives_as_it_was_sent(bool awaited)
    {
        await using Session session = NewSession();
        RequestOptions options = new() { Query = { ["q"] = "a b" }, Form = new() { ["name"] = "Zoë & co" } };
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;

        Response response = awaited
            ? await session.PostAsync(front.Url("/post"), options, cancellationToken)
            : session.Post(front.Url("/post"), options, cancellationToken);

        JsonElement echo = JsonDocument.Parse(response.Text).RootElement;
        Assert.Equal("Zoë & co", echo.GetProperty("form").GetProperty("name").GetString());
        Assert.Equal("a b", echo.GetProperty("args").GetProperty("q").GetString());
        Assert.Equal("haproxy", response.Headers["X-Front"]);
    }

    [Fact]
    public async Task Redirects_and_cookies_stay_with_the_front()
    {
        await using Session session = NewSession();

        Response response = await session.GetAsync(front.Url("/cookies/set?a=b"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(front.Url("/cookies"), response.Url.ToString());
        Assert.Equal("b", JsonDocument.Parse(response.Text).RootElement.GetProperty("cookies").GetProperty("a").GetString());
    }

    [Fact]
    public async Task A_request_of_many_chunks_and_an_answer_without_a_length_go_through()
    {
        await using Session session = NewSession();

        Response response = await session.PostAsync(
            front.Url("/post"), new() { Content = Body.FromAsyncStream(Chunks()) }, TestContext.Current.CancellationToken);
        Response streamed = await session.GetAsync(front.Url("/stream/5"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(new string('x', 3000), response.Text, StringComparison.Ordinal);
        Assert.Equal(5, streamed.Text.TrimEnd('\n').Split('\n').Length);

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks()
        {
            for (int i = 0; i < 3; i++)
            {
                await Task.Yield();
                yield return Enumerable.Repeat((byte)'x', 1000).ToArray();
            }
        }
    }

    private Session NewSession()
    {
        httpbin.Require();
        return new Session();
    }
}
