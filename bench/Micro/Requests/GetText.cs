using BenchmarkDotNet.Attributes;
using Flurl.Http;
using RestSharp;

namespace RequestsAsync.Micro;

/// <summary>GET, the body as a string.</summary>
public class GetText : RequestBenchmark
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

    [Benchmark(Description = Names.OwnBlocking)]
    public string OwnBlocking() => With.Session.Get(Url).EnsureSuccess().Text;

    internal override Contenders Create() => new(Transport, Answer.Text);
}
