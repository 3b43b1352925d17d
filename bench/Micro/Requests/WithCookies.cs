using System.Net;
using BenchmarkDotNet.Attributes;
using Flurl.Http;
using RestSharp;

namespace RequestsAsync.Micro;

/// <summary>GET with two cookies from a jar, over the runtime's own HTTP/1.1, where <see cref="HttpClient"/> has a jar too.</summary>
public class WithCookies
{
    private static readonly (string Name, string Value)[] Sent = [("sid", "0123456789abcdef0123456789abcdef"), ("theme", "dark")];

    private readonly Session _session = new(Transports.Tuned(Transport.Connection, Answer.Text));
    private readonly HttpMessageInvoker _invoker = new(Transports.Tuned(Transport.Connection, Answer.Text));
    private readonly HttpClient _client = new(TunedWithJar());
    private readonly HttpClient _plain = new(DefaultWithJar());
    private readonly RestClient _rest = new(new HttpClient(Transports.Tuned(Transport.Connection, Answer.Text)), new RestClientOptions { CookieContainer = Jar() }, disposeHttpClient: true);
    private readonly FlurlClient _flurl = new(new HttpClient(Transports.Tuned(Transport.Connection, Answer.Text)));
    private readonly Flurl.Http.CookieJar _flurlJar = new();

    [GlobalSetup]
    public void Setup()
    {
        foreach ((string name, string value) in Sent)
        {
            _session.Cookies.Set(name, value, Contenders.Uri.Host);
            _flurlJar.AddOrReplace(name, value, Contenders.Url);
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _session.Dispose();
        _invoker.Dispose();
        _client.Dispose();
        _plain.Dispose();
        _rest.Dispose();
        _flurl.Dispose();
    }

    [Benchmark(Description = Names.Invoker)]
    public Task<string> InvokerAsync() => _invoker.GetTextAsync(Contenders.Uri, "sid=0123456789abcdef0123456789abcdef; theme=dark");

    [Benchmark(Description = Names.UsedWell, Baseline = true)]
    public Task<string> UsedWellAsync() => _client.GetStringAsync(Contenders.Uri);

    [Benchmark(Description = Names.AsPeopleUseIt)]
    public async Task<string> AsPeopleUseItAsync()
    {
        using HttpResponseMessage response = await _plain.GetAsync(Contenders.Url);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    [Benchmark(Description = Names.RestSharp)]
    public async Task<string?> RestSharpAsync() => (await _rest.ExecuteAsync(new RestRequest(Contenders.Url))).Content;

    [Benchmark(Description = Names.Flurl)]
    public Task<string> FlurlAsync() => _flurl.Request(Contenders.Url).WithCookies(_flurlJar).GetStringAsync();

    [Benchmark(Description = Names.Own)]
    public async Task<string> OwnAsync() => (await _session.GetAsync(Contenders.Url)).EnsureSuccess().Text;

    private static SocketsHttpHandler TunedWithJar()
    {
        var handler = (SocketsHttpHandler)Transports.Tuned(Transport.Connection, Answer.Text);
        handler.UseCookies = true;
        handler.CookieContainer = Jar();
        return handler;
    }

    private static SocketsHttpHandler DefaultWithJar()
    {
        var handler = (SocketsHttpHandler)Transports.Default(Transport.Connection, Answer.Text);
        handler.CookieContainer = Jar();
        return handler;
    }

    private static CookieContainer Jar()
    {
        CookieContainer jar = new();
        foreach ((string name, string value) in Sent)
            jar.Add(Contenders.Uri, new System.Net.Cookie(name, value));
        return jar;
    }
}
