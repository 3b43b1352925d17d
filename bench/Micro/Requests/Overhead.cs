using BenchmarkDotNet.Attributes;

namespace RequestsAsync.Micro;

/// <summary>What this library's layers cost over the runtime's invoker when all of them are there and none has anything to do.</summary>
/// <remarks>The goal: at most 0.5 µs and 600 B more than the invoker, for a GET whose body is read into memory.</remarks>
public class Overhead
{
    private readonly HttpMessageInvoker _invoker = new(new InstantHandler(Answer.Text));
    private readonly HttpClient _client = new(new InstantHandler(Answer.Text));
    private readonly Session _session = new(new InstantHandler(Answer.Text));
    private readonly Session _bare = new(new InstantHandler(Answer.Text), new() { Cookies = CookieJar.None, FollowRedirects = false, Timeout = Timeouts.Infinite });
    private readonly Session _full = new(new InstantHandler(Answer.Text), new()
    {
        Retry = Retry.Default,
        Hooks = { OnRequest = static (_, _) => default, OnResponse = static (_, _) => default, OnError = static (_, _) => default },
    });

    [GlobalSetup]
    public void Setup()
    {
        _session.Cookies.Set("other", "1", "elsewhere.example");
        _full.Cookies.Set("other", "1", "elsewhere.example");
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _invoker.Dispose();
        _client.Dispose();
        _session.Dispose();
        _bare.Dispose();
        _full.Dispose();
    }

    [Benchmark(Description = Names.Invoker, Baseline = true)]
    public async Task<int> InvokerAsync() => (await _invoker.GetBytesAsync(Contenders.Uri)).Length;

    [Benchmark(Description = Names.UsedWell)]
    public async Task<int> UsedWellAsync() => (await _client.GetByteArrayAsync(Contenders.Uri)).Length;

    [Benchmark(Description = "RequestsAsync, without cookies, redirects and total timeout")]
    public async Task<int> BareAsync() => (await _bare.GetAsync(Contenders.Url)).EnsureSuccess().Content.Length;

    [Benchmark(Description = "RequestsAsync as it comes, cookies of another host in the jar")]
    public async Task<int> DefaultAsync() => (await _session.GetAsync(Contenders.Url)).EnsureSuccess().Content.Length;

    [Benchmark(Description = "RequestsAsync with hooks and retries too")]
    public async Task<int> FullAsync() => (await _full.GetAsync(Contenders.Url)).EnsureSuccess().Content.Length;

    [Benchmark(Description = "RequestsAsync as it comes, blocking")]
    public int Blocking() => _session.Get(Contenders.Url).EnsureSuccess().Content.Length;
}
