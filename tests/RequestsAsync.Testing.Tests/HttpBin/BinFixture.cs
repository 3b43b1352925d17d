using System.Net.Http.Headers;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(RequestsAsync.Testing.Tests.BinFixture))]

namespace RequestsAsync.Testing.Tests;

/// <summary>One httpbin for all tests, with a client that goes through a socket and one that goes through memory.</summary>
public sealed class BinFixture : IAsyncLifetime
{
    private HttpBin? _bin;

    internal HttpClient Socket { get; private set; } = null!;

    internal HttpClient Memory { get; private set; } = null!;

    internal HttpClient[] Clients => [Socket, Memory];

    internal string Url => _bin!.Url;

    public async ValueTask InitializeAsync()
    {
        _bin = await HttpBin.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        Socket = new HttpClient(PlainHandler()) { BaseAddress = new Uri(_bin.Url) };
        Memory = new HttpClient(_bin.CreateHandler()) { BaseAddress = new Uri("http://in.memory") };
    }

    public async ValueTask DisposeAsync()
    {
        Socket.Dispose();
        Memory.Dispose();
        if (_bin is not null) await _bin.DisposeAsync();
    }

    /// <summary>A handler that follows nothing, keeps nothing and decodes nothing.</summary>
    internal static SocketsHttpHandler PlainHandler() => new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };

    internal static HttpRequestMessage Message(string method, string path, params (string Name, string Value)[] headers)
    {
        var message = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers) message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    internal static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;
    }

    internal static string? Header(HttpResponseMessage response, string name)
    {
        foreach (HttpHeaders headers in (HttpHeaders[])[response.Headers, response.Content.Headers])
        {
            if (headers.NonValidated.TryGetValues(name, out var values)) return string.Join(" | ", values);
        }

        return null;
    }
}
