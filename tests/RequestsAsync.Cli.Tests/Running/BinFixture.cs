
[assembly: AssemblyFixture(typeof(RequestsAsync.Cli.Tests.BinFixture))]

namespace RequestsAsync.Cli.Tests;

/// <summary>One httpbin for all tests.</summary>
public sealed class BinFixture : IAsyncLifetime
{
    private HttpBin? _bin;

    internal string Url => _bin!.Url;

    internal int Port => new Uri(Url).Port;

    public async ValueTask InitializeAsync() => _bin = await HttpBin.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_bin is not null) await _bin.DisposeAsync();
    }
}
