namespace RequestsAsync.Tests;

/// <summary>Redirects whose bodies, which nobody asked for, do not come whole.</summary>
public sealed class DamagedRedirectTests
{
    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_body_that_is_cut_off_is_nobodys_loss(bool awaited)
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            string head = (await connection.ReadHeadAsync())!.Head;
            await connection.WriteAsync(head.StartsWith("GET /a ", StringComparison.Ordinal)
                ? "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 100\r\n\r\nshort"
                : ProxyServer.Ok);
        });
        await using Session session = new();

        Response response = await session.SendAsync(awaited, "GET", server.Url + "/a");

        Assert.Equal("ok", response.Text);
        Assert.Single(response.History);
    }
}
