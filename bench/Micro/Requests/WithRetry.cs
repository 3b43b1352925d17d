using BenchmarkDotNet.Attributes;
using Flurl.Http;
using RestSharp;

namespace RequestsAsync.Micro;

/// <summary>GET with retries that are on and have nothing to do; the other contenders have a handler for them that is written by hand.</summary>
public class WithRetry : RequestBenchmark
{
    [Benchmark(Description = Names.Invoker)]
    public Task<string> InvokerAsync() => With.Invoker.GetTextAsync(Uri);

    [Benchmark(Description = Names.UsedWell, Baseline = true)]
    public Task<string> UsedWellAsync() => With.Client.GetStringAsync(Uri);

    [Benchmark(Description = Names.AsPeopleUseIt)]
    public async Task<string> AsPeopleUseItAsync()
    {
        using HttpResponseMessage response = await With.PlainClient.GetAsync(Url);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    [Benchmark(Description = Names.RestSharp)]
    public async Task<string?> RestSharpAsync() => (await With.Rest.ExecuteAsync(new RestRequest(Url))).Content;

    [Benchmark(Description = Names.Flurl)]
    public Task<string> FlurlAsync() => With.Flurl.Request(Url).GetStringAsync();

    [Benchmark(Description = Names.Own)]
    public async Task<string> OwnAsync() => (await With.Session.GetAsync(Url)).EnsureSuccess().Text;

    internal override Contenders Create() =>
        new(Transport, Answer.Text, new() { Retry = Retry.Default }, static handler => new RepeatingHandler(handler));
}
