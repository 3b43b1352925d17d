using BenchmarkDotNet.Attributes;
using Flurl.Http;
using RestSharp;

namespace RequestsAsync.Micro;

/// <summary>GET, the body as bytes.</summary>
public class GetBytes : RequestBenchmark
{
    [Benchmark(Description = Names.Invoker)]
    public Task<byte[]> InvokerAsync() => With.Invoker.GetBytesAsync(Uri);

    [Benchmark(Description = Names.UsedWell, Baseline = true)]
    public Task<byte[]> UsedWellAsync() => With.Client.GetByteArrayAsync(Uri);

    [Benchmark(Description = Names.AsPeopleUseIt)]
    public async Task<byte[]> AsPeopleUseItAsync()
    {
        using HttpResponseMessage response = await With.PlainClient.GetAsync(Url);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }

    [Benchmark(Description = Names.RestSharp)]
    public async Task<byte[]?> RestSharpAsync() => (await With.Rest.ExecuteAsync(new RestRequest(Url))).RawBytes;

    [Benchmark(Description = Names.Flurl)]
    public Task<byte[]> FlurlAsync() => With.Flurl.Request(Url).GetBytesAsync();

    [Benchmark(Description = Names.Own)]
    public async Task<int> OwnAsync() => (await With.Session.GetAsync(Url)).EnsureSuccess().Content.Length;

    internal override Contenders Create() => new(Transport, Answer.Text);
}
