using BenchmarkDotNet.Attributes;
using Flurl.Http;
using RestSharp;

namespace RequestsAsync.Micro;

/// <summary>A thousand GETs, a hundred at once, the bodies as strings in the order of the requests; figures are for one of them.</summary>
public class Gather : RequestBenchmark
{
    private const int Count = 1000;
    private const int AtOnce = 100;

    private static readonly string[] Urls = [.. Enumerable.Repeat(Contenders.Url, Count)];
    private static readonly ParallelOptions Parallelism = new() { MaxDegreeOfParallelism = AtOnce };
    private static readonly ConcurrencyOptions Concurrency = new() { MaxConcurrency = AtOnce };

    [Benchmark(Description = Names.Invoker, OperationsPerInvoke = Count)]
    public Task<string?[]> InvokerAsync() => EachAsync(async _ => await With.Invoker.GetTextAsync(Uri));

    [Benchmark(Description = Names.UsedWell, OperationsPerInvoke = Count, Baseline = true)]
    public Task<string?[]> UsedWellAsync() => EachAsync(async _ => await With.Client.GetStringAsync(Uri));

    [Benchmark(Description = Names.AsPeopleUseIt, OperationsPerInvoke = Count)]
    public async Task<string[]> AsPeopleUseItAsync()
    {
        using SemaphoreSlim places = new(AtOnce);
        return await Task.WhenAll(Urls.Select(async url =>
        {
            await places.WaitAsync();
            try
            {
                using HttpResponseMessage response = await With.PlainClient.GetAsync(url);
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadAsStringAsync();
            }
            finally
            {
                places.Release();
            }
        }));
    }

    [Benchmark(Description = Names.RestSharp, OperationsPerInvoke = Count)]
    public Task<string?[]> RestSharpAsync() => EachAsync(async url => (await With.Rest.ExecuteAsync(new RestRequest(url))).Content);

    [Benchmark(Description = Names.Flurl, OperationsPerInvoke = Count)]
    public Task<string?[]> FlurlAsync() => EachAsync(async url => await With.Flurl.Request(url).GetStringAsync());

    [Benchmark(Description = Names.Own, OperationsPerInvoke = Count)]
    public async Task<string[]> OwnAsync()
    {
        IReadOnlyList<Response> responses = await With.Session.GatherAsync(Urls, Concurrency);
        string[] texts = new string[Count];
        for (int i = 0; i < Count; i++) texts[i] = responses[i].Text;
        return texts;
    }

    internal override Contenders Create() => new(Transport, Answer.Text);

    private static async Task<string?[]> EachAsync(Func<string, ValueTask<string?>> get)
    {
        string?[] texts = new string?[Count];
        await Parallel.ForAsync(0, Count, Parallelism, async (i, _) => texts[i] = await get(Urls[i]));
        return texts;
    }
}
