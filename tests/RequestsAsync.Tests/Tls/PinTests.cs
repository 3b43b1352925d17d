using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Tests;

/// <summary>Pins over real handshakes.</summary>
public sealed class PinTests : IDisposable
{
    private const string Host = "api.example";
    private const string Backup = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private readonly TestAuthority _root = new();
    private readonly TestAuthority _intermediate;
    private readonly X509Certificate2 _leaf;

    public PinTests()
    {
        _intermediate = _root.Intermediate();
        _leaf = _intermediate.Issue(Host);
    }

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("leaf")]
    [InlineData("intermediate")]
    [InlineData("root")]
    public async Task Any_key_of_the_chain_will_do(string pinned)
    {
        X509Certificate2 certificate = pinned switch { "leaf" => _leaf, "root" => _root.Certificate, _ => _intermediate.Certificate };
        await using TlsServer server = Start();
        await using TlsClient client = new(new() { Ca = { _root.Certificate }, Pins = { [Host] = [Backup, PinRules.Of(certificate)] } });

        await client.ConnectAsync(server.Port, Host);
    }

    [Fact]
    public async Task Where_no_key_is_a_pin_all_of_them_are_shown()
    {
        await using TlsServer server = Start();
        await using TlsClient client = new(new() { Ca = { _root.Certificate }, Pins = { ["*.example"] = [Backup] } });

        Assert.Equal(
            $"no key of api.example is one of its pins in TlsOptions.Pins. Its certificates have {PinRules.Of(_leaf)} (CN=api.example), "
            + $"{PinRules.Of(_intermediate.Certificate)} (CN=Test Intermediate), {PinRules.Of(_root.Certificate)} (CN=Test Root).",
            await client.FailAsync(server.Port, Host));
    }

    [Fact]
    public async Task Pins_of_other_hosts_do_not_matter()
    {
        await using TlsServer server = Start();
        await using TlsClient client = new(new() { Ca = { _root.Certificate }, Pins = { ["other.example"] = [Backup], ["*.api.example"] = [Backup] } });

        await client.ConnectAsync(server.Port, Host);
    }

    [Fact]
    public async Task A_pin_is_no_substitute_for_an_authority()
    {
        await using TlsServer server = Start();
        await using TlsClient client = new(new() { Pins = { [Host] = [PinRules.Of(_leaf)] } });

        Assert.Contains("unknown authority", await client.FailAsync(server.Port, Host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_checks_the_server_s_own_key_alone_counts()
    {
        await using TlsServer server = Start();
        await using TlsClient right = new(new() { Verify = false, Pins = { ["*"] = [PinRules.Of(_leaf)] } });
        await using TlsClient wrong = new(new() { Verify = false, Pins = { ["*"] = [PinRules.Of(_intermediate.Certificate)] } });

        await right.ConnectAsync(server.Port, Host);
        Assert.EndsWith($"Its certificates have {PinRules.Of(_leaf)} (CN=api.example).", await wrong.FailAsync(server.Port, Host), StringComparison.Ordinal);
    }

    private TlsServer Start() => new(_leaf, [_intermediate.Certificate]);
}
