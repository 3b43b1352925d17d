namespace RequestsAsync.Tests;

public sealed class HeaderLimitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(int.MaxValue)]
    public async Task Every_limit_that_is_allowed_works(int limit)
    {
        await using FaultyServer server = FaultyServer.Start(ProxyServer.Ok);
        await using Session session = new(new() { MaxHeaderBytes = limit });

        Assert.Equal("ok", (await session.GetAsync(server.Url)).Text);
    }
}
