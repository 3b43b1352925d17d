using System.Text;

namespace RequestsAsync.Tests;

/// <summary>A request over a socket, where messages are used again, allocates less than <see cref="HttpClient"/> does for the same answer.</summary>
[Collection(Alone.Name)]
public sealed class SocketAllocationTests
{
    private const int Calls = 2000;
    private const int Rounds = 5;

    [Fact]
    public async Task A_text_over_a_socket()
    {
        string body = new('x', 150);
        byte[] answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nServer: small\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: keep-alive\r\n\r\n{body}");
        long own;
        using (SmallServer server = new(answer))
        {
            await using Session session = new();
            own = await MeasureAsync(async () => (await session.GetAsync(server.Url)).EnsureSuccess().Text.Length);
        }

        long others;
        using (SmallServer server = new(answer))
        {
            Uri url = new(server.Url);
            using SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null };
            using HttpClient client = new(handler);
            others = await MeasureAsync(async () =>
            {
                using HttpResponseMessage response = await client.GetAsync(url);
                return (await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).Length;
            });
        }

        double share = (double)own / others;
        TestContext.Current.TestOutputHelper?.WriteLine($"{own} bytes, {share:F3} of {others}");
        Assert.True(share <= AllocationFigures.ShareOfHttpClient, $"A request over a socket allocates {own} bytes, {share:F3} of HttpClient's {others}; allowed are {AllocationFigures.ShareOfHttpClient}.");
    }

    // Continuations run on threads of the pool, so the whole process is measured, in which nothing else runs; the least of a few rounds counts.
    private static async Task<long> MeasureAsync(Func<Task<int>> call)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 5 * Calls; i++) Assert.Equal(150, await call());
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Calls; i++) await call();
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Calls);
        }

        return least;
    }
}
