using System.Net.Http.Json;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Flurl.Http;
using RestSharp;

namespace RequestsAsync.Micro;

/// <summary>GET, the body as an object. The goal: at most 0.8 times <c>GetFromJsonAsync</c> with the same metadata.</summary>
public class GetJson : RequestBenchmark
{
    [Benchmark(Description = Names.Invoker)]
    public async Task<Weather?> InvokerAsync() =>
        JsonSerializer.Deserialize(await With.Invoker.GetBytesAsync(Uri), WeatherContext.Default.Weather);

    [Benchmark(Description = Names.UsedWell, Baseline = true)]
    public Task<Weather?> UsedWellAsync() => With.Client.GetFromJsonAsync(Uri, WeatherContext.Default.Weather);

    [Benchmark(Description = Names.AsPeopleUseIt)]
    public async Task<Weather?> AsPeopleUseItAsync()
    {
        using HttpResponseMessage response = await With.PlainClient.GetAsync(Url);
        response.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<Weather>(await response.Content.ReadAsStringAsync(), JsonSerializerOptions.Web);
    }

    [Benchmark(Description = Names.RestSharp)]
    public Task<Weather?> RestSharpAsync() => With.Rest.GetAsync<Weather>(new RestRequest(Url));

    [Benchmark(Description = Names.Flurl)]
    public Task<Weather> FlurlAsync() => With.Flurl.Request(Url).GetJsonAsync<Weather>();

    [Benchmark(Description = Names.Own)]
    public async Task<Weather> OwnAsync() => (await With.Session.GetAsync(Url)).EnsureSuccess().Json(WeatherContext.Default.Weather);

    internal override Contenders Create() => new(Transport, Answer.Json);
}
