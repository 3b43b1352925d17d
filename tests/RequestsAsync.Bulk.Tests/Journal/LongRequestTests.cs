namespace RequestsAsync.Bulk.Tests;

public sealed class LongRequestTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Requests_of_any_length_come_back_as_they_were(int seed)
    {
        using JobFolder folder = new();
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(folder.Path);
        Random random = new(seed);
        List<BulkRequest> added = [];
        for (int batch = 0; batch < 40; batch++)
        {
            var requests = new BulkRequest[random.Next(1, 20)];
            for (int i = 0; i < requests.Length; i++)
            {
                requests[i] = Request(added.Count, random);
                added.Add(requests[i]);
            }

            await frontier.EnqueueAsync(requests, added.Count);
            HostLease lease = Assert.Single((await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 1, MaxRequestsPerHost = 1000 })).Hosts);
            foreach (LeasedRequest leased in lease.Requests)
            {
                BulkRequest expected = added[(int)leased.Number - 1];
                Assert.Equal(expected.Url, leased.Request.Url);
                Assert.Equal(expected.Content.ToArray(), leased.Request.Content.ToArray());
            }

            // What is not settled comes again, and is read again.
            await frontier.LeaseAsync(new()
            {
                Worker = "w",
                Settlements = [.. lease.Requests.Where(request => request.Number % 3 != 0).Select(request => new Settlement.Done(lease.Key, request.Number, default))],
                Releases = [new(lease.Key, TimeSpan.Zero)],
            });
        }
    }

    private static BulkRequest Request(int i, Random random)
    {
        byte[] content = new byte[random.Next(4) switch { 0 => 0, 1 => random.Next(200), 2 => random.Next(3900, 4300), _ => random.Next(30_000) }];
        random.NextBytes(content);
        string url = $"https://h/{i}";
        return new() { Id = RequestId.Of("POST", url, content), Method = "POST", Url = url, Host = "h", Content = content };
    }
}
