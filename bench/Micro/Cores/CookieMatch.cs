using System.Globalization;
using System.Net;
using BenchmarkDotNet.Attributes;

namespace RequestsAsync.Micro;

/// <summary>The Cookie field of one request, from jars of one cookie, of one host's fill, and of sixty hosts'.</summary>
public class CookieMatch
{
    private const int PerHost = 50;

    private static readonly Uri Address = new("https://host0.example/account/settings");

    private readonly CookieContainer _container = new(capacity: 10_000, perDomainCapacity: 100, maxCookieSize: 4096);
    private readonly CookieJar _jar = new();

    /// <summary>How many cookies are in the jar.</summary>
    [Params(1, 50, 3000)]
    public int Cookies { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        for (int i = 0; i < Cookies; i++)
        {
            string host = string.Create(CultureInfo.InvariantCulture, $"host{i / PerHost}.example");
            string name = string.Create(CultureInfo.InvariantCulture, $"name{i}");
            string path = i % 5 == 0 ? "/" : string.Create(CultureInfo.InvariantCulture, $"/section{i % 5}"); // one in five is for the request
            _jar.Set(new Cookie(name, "0123456789abcdef", host) { IsHostOnly = true, Path = path });
            _container.Add(new System.Net.Cookie(name, "0123456789abcdef", path, host));
        }
    }

    [Benchmark(Description = "CookieContainer", Baseline = true)]
    public string Container() => _container.GetCookieHeader(Address);

    [Benchmark(Description = Names.Own)]
    public string? Own() => _jar.GetHeader(Address);
}
