using RequestsAsync.Testing;

namespace RequestsAsync.Interop;

/// <summary>The same requests to this project's httpbin and to Debian's: what differs is known, and why.</summary>
[Collection(nameof(HttpBinCollection))]
public sealed class HttpBinDifferentialTests(HttpBinServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_answer_alike_but_for_the_listed_differences()
    {
        string theirs = server.Url("");
        await using var bin = await HttpBin.StartAsync(cancellationToken: Cancellation);
        await using Session session = new(new() { FollowRedirects = false, Cookies = CookieJar.None, Retry = Retry.None, TrustEnvironment = false });

        SortedDictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (BinRequest request in BinRequests.All)
        {
            BinAnswer ours = await request.SendAsync(session, bin.Url, Cancellation);
            BinAnswer reference = await request.SendAsync(session, theirs, Cancellation);
            foreach ((string aspect, string values) in ours.DifferencesFrom(reference)) found[$"{request}: {aspect}"] = values;
        }

        HashSet<string> listed = [.. KnownDifferences.All.SelectMany(known => known.Places)];
        string[] unlisted = [.. found.Where(difference => !listed.Contains(difference.Key)).Select(difference => $"{difference.Key}: {difference.Value}")];
        string[] gone = [.. listed.Where(difference => !found.ContainsKey(difference))];
        Assert.True(unlisted.Length == 0, $"Ours and theirs differ:\n{string.Join('\n', unlisted)}");
        Assert.True(gone.Length == 0, $"These are listed, but differ no more:\n{string.Join('\n', gone)}");
    }

    [Fact]
    public void Requests_are_many_and_each_is_listed_once()
    {
        Assert.InRange(BinRequests.All.Count, 150, 300);
        Assert.Distinct(BinRequests.All.Select(request => request.ToString()));
        Assert.Distinct(KnownDifferences.All.SelectMany(known => known.Places));
    }
}
