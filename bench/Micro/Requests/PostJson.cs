using System.Net.Http.Json;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Flurl.Http;
using RestSharp;

namespace RequestsAsync.Micro;

/// <summary>POST of an object as JSON, the body of the answer as a string.</summary>
public class PostJson : RequestBenchmark
{
    private static readonly Weather Value = new("Marseille", 21.5, 58, "mistral", DateTimeOffset.UnixEpoch);

    [Benchmark(Description = Names.Invoker)]
    public Task<string> InvokerAsync() => With.Invoker.PostJsonAsync(Uri, Value, WeatherContext.Default.Weather);

    [Benchmark(Description = Names.UsedWell, Baseline = true)]
    public async Task<string> UsedWellAsync()
    {
        using HttpResponseMessage response = await With.Client.PostAsJsonAsync(Uri, Value, WeatherContext.Default.Weather);
        return await response.Content.ReadAsStringAsync();
    }

    [Benchmark(Description = Names.AsPeopleUseIt)]
    public async Task<string> AsPeopleUseItAsync()
    {
        using StringContent content = new(JsonSerializer.Serialize(Value, JsonSerializerOptions.Web), System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await With.PlainClient.PostAsync(Url, content);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    [Benchmark(Description = Names.RestSharp)]
    public async Task<string?> RestSharpAsync() =>
        (await With.Rest.ExecuteAsync(new RestRequest(Url, Method.Post).AddJsonBody(Value))).Content;

    [Benchmark(Description = Names.Flurl)]
    public async Task<string> FlurlAsync() => await With.Flurl.Request(Url).PostJsonAsync(Value).ReceiveString();

    [Benchmark(Description = Names.Own)]
    public async Task<string> OwnAsync() => (await With.Session.PostAsync(Url, new() { Json = Value })).EnsureSuccess().Text;

    [Benchmark(Description = "RequestsAsync, generated metadata")]
    public async Task<string> OwnGeneratedAsync() =>
        (await With.Session.PostAsync(Url, new() { Content = Body.FromJson(Value, WeatherContext.Default.Weather) })).EnsureSuccess().Text;

    internal override Contenders Create() => new(Transport, Answer.Text);
}
