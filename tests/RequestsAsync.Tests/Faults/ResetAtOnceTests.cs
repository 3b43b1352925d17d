namespace RequestsAsync.Tests;

/// <summary>A server that accepts connections to reset them.</summary>
public sealed class ResetAtOnceTests
{
    [Fact]
    public async Task It_is_told_as_what_it_is_whenever_it_happens()
    {
        await using FaultyServer server = FaultyServer.Serve(connection =>
        {
            connection.Reset();
            return Task.CompletedTask;
        });
        await using Session session = new();

        for (int i = 0; i < 300; i++)
        {
            TransportException e = await Assert.ThrowsAnyAsync<TransportException>(() => session.GetAsync(server.Url));

            Assert.True(e is ConnectException or ConnectionLostException);
            Assert.Contains("the connection was reset by the other side", e.Message);
        }
    }
}
