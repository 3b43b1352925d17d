namespace RequestsAsync.Tests;

/// <summary>Failures of the caller's own code while content is sent.</summary>
public sealed class SourceFailureTests
{
    [Fact]
    public async Task A_progress_that_fails_on_a_kept_connection_ends_the_call_at_once()
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            while (await connection.ReadHeadAsync() is { Head: var head })
            {
                if (head.StartsWith("PUT", StringComparison.Ordinal)) await connection.WaitForCloseAsync();
                else await connection.WriteAsync(ProxyServer.Ok);
            }
        });
        await using Session session = new();
        await session.GetAsync(server.Url);
        Failing progress = new();

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => session.PutAsync(server.Url, new() { Content = new byte[200_000], UploadProgress = progress }));

        Assert.Equal(1, progress.Reports);
    }

    [Fact]
    public async Task A_source_that_is_cancelled_by_others_is_no_failure_of_the_transport()
    {
        await using FaultyServer server = ProxyServer.Start(_ => ProxyServer.Ok);
        await using Session session = new();

        RequestException e = await Assert.ThrowsAsync<RequestException>(() => session.PostAsync(server.Url, new() { Content = Body.FromAsyncStream(CancelledAsync()) }));

        Assert.Contains("its content could not be read: not this call's", e.Message);

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> CancelledAsync()
        {
            yield return "one"u8.ToArray();
            await Task.Yield();
            throw new OperationCanceledException("not this call's");
        }
    }

    private sealed class Failing : IProgress<TransferProgress>
    {
        public int Reports { get; private set; }

        public void Report(TransferProgress value)
        {
            Reports++;
            throw new InvalidTimeZoneException();
        }
    }
}
