
[assembly: AssemblyFixture(typeof(RequestsAsync.Tests.BinFixture))]

namespace RequestsAsync.Tests;

/// <summary>One HttpBin on a loopback port for the whole run.</summary>
public sealed class BinFixture : IAsyncLifetime
{
    private HttpBin? _bin;

    public string Url => _bin!.Url;

    public async ValueTask InitializeAsync() => _bin = await HttpBin.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_bin is not null) await _bin.DisposeAsync();
    }
}
