using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Tests;

/// <summary>Which servers are accepted, and how the others are told of.</summary>
public sealed class ServerCertificateTests : IDisposable
{
    private const string Host = "api.example";

    private readonly TestAuthority _root = new();

    private static DateTimeOffset Today => TestAuthority.Today;

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("api.example", "api.example")]
    [InlineData("api.example", "API.example.")]
    [InlineData("*.api.example", "v1.api.example")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("2001:db8::1", "[2001:db8::1]")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    public async Task A_certificate_of_an_added_authority_is_accepted_for_its_names(string name, string host)
    {
        await using TlsServer server = new(_root.Issue(name));
        await using TlsClient client = new(new() { Ca = { _root.Certificate } });

        Assert.Equal("hello", await TlsClient.ReadAsync(await client.ConnectAsync(server.Port, host)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Intermediates_that_the_server_sends_lead_to_an_added_root(bool trustsSystem)
    {
        TestAuthority intermediate = _root.Intermediate();
        await using TlsServer server = new(intermediate.Issue(Host), [intermediate.Certificate]);
        using TemporaryFile file = new("ca.pem", _root.Certificate.ExportCertificatePem());
        await using TlsClient client = new(new() { Ca = { file.FullPath }, TrustsSystem = trustsSystem });

        await client.ConnectAsync(server.Port, Host);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Intermediates_may_stand_beside_the_root_in_a_file(bool trustsSystem)
    {
        TestAuthority intermediate = _root.Intermediate();
        using TestAuthority other = new("Other");
        await using TlsServer server = new(intermediate.Issue(Host));
        using TemporaryFile file = new("ca.pem", string.Join("\n# a remark\n", new[] { other, intermediate, _root }.Select(a => a.Certificate.ExportCertificatePem())));
        await using TlsClient client = new(new() { Ca = { file.FullPath }, TrustsSystem = trustsSystem });

        await client.ConnectAsync(server.Port, Host);
    }

    [Fact]
    public async Task A_self_signed_certificate_may_be_trusted_by_itself()
    {
        X509Certificate2 certificate = _root.SelfSigned(Host);
        await using TlsServer server = new(certificate);
        await using TlsClient client = new(new() { Ca = [certificate] });

        await client.ConnectAsync(server.Port, Host);
    }

    [Fact]
    public async Task An_expired_certificate_is_told_with_its_date()
    {
        await using TlsServer server = new(_root.Issue([Host], Today.AddDays(-20), Today.AddDays(-10)));
        await using TlsClient client = new(new() { Ca = { _root.Certificate } });

        Assert.Equal($"the certificate of api.example (CN=api.example) is not accepted: it expired on {Today.AddDays(-10):yyyy-MM-dd} 00:00 UTC.", await client.FailAsync(server.Port, Host));
    }

    [Fact]
    public async Task A_certificate_of_the_future_is_told_with_its_date()
    {
        await using TlsServer server = new(_root.Issue([Host], Today.AddDays(10), Today.AddDays(20)));
        await using TlsClient client = new(new() { Ca = { _root.Certificate } });

        Assert.Equal(
            $"the certificate of api.example (CN=api.example) is not accepted: it is not valid before {Today.AddDays(10):yyyy-MM-dd} 00:00 UTC. Is the clock of this machine right?",
            await client.FailAsync(server.Port, Host));
    }

    [Fact]
    public async Task An_expired_intermediate_is_told_as_such()
    {
        TestAuthority intermediate = _root.Intermediate("Old", Today.AddDays(-1));
        await using TlsServer server = new(intermediate.Issue(Host), [intermediate.Certificate]);
        await using TlsClient client = new(new() { Ca = { _root.Certificate } });

        Assert.EndsWith(
            $" is not accepted: the certificate of its authority CN=Old expired on {Today.AddDays(-1):yyyy-MM-dd} 00:00 UTC.",
            await client.FailAsync(server.Port, Host),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "other.example" }, "api.example", "it is for other.example, not for api.example.")]
    [InlineData(new[] { "*.api.example" }, "a.v1.api.example", "it is for *.api.example, not for a.v1.api.example.")]
    [InlineData(new[] { "a.example", "b.example", "c.example", "10.0.0.1", "d.example", "e.example" }, "api.example", "it is for a.example, b.example, c.example, d.example and 2 more, not for api.example.")]
    [InlineData(new[] { "127.0.0.2" }, "127.0.0.1", "it is for 127.0.0.2, not for 127.0.0.1.")]
    [InlineData(new[] { "api.example" }, "127.0.0.1", "it is for api.example, not for 127.0.0.1.")]
    [InlineData(new string[0], "api.example", "it is for no host at all, not for api.example.")]
    public async Task A_wrong_name_is_told_with_the_right_ones(string[] names, string host, string told)
    {
        await using TlsServer server = new(_root.Issue(names));
        await using TlsClient client = new(new() { Ca = { _root.Certificate } });

        Assert.EndsWith(told, await client.FailAsync(server.Port, host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_self_signed_certificate_is_told_with_what_to_do()
    {
        await using TlsServer server = new(_root.SelfSigned(Host));
        await using TlsClient client = new();

        Assert.Equal(
            "the certificate of api.example (CN=api.example) is not accepted: it is self-signed. If it is the right one, add it to TlsOptions.Ca.",
            await client.FailAsync(server.Port, Host));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unknown_authority_is_told_by_name(bool sendsRoot)
    {
        using TestAuthority other = new("Other");
        TestAuthority intermediate = _root.Intermediate();
        await using TlsServer server = new(intermediate.Issue(Host), sendsRoot ? [intermediate.Certificate, _root.Certificate] : [intermediate.Certificate]);
        await using TlsClient client = new(new() { Ca = { other.Certificate } });
        await using TlsClient strict = new(new() { Ca = { other.Certificate }, TrustsSystem = false });

        string told = await client.FailAsync(server.Port, Host);

        Assert.Contains("it was issued by an unknown authority, CN=Test Root.", told, StringComparison.Ordinal);
        Assert.Contains("add its certificate to TlsOptions.Ca.", told, StringComparison.Ordinal);
        Assert.Contains("CN=Test Root (TlsOptions.TrustsSystem is false).", await strict.FailAsync(server.Port, Host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_intermediate_is_guessed()
    {
        await using TlsServer server = new(_root.Intermediate().Issue(Host));
        await using TlsClient client = new(new() { Ca = { _root.Certificate } });

        string told = await client.FailAsync(server.Port, Host);

        Assert.Contains("unknown authority, CN=Test Intermediate.", told, StringComparison.Ordinal);
        Assert.EndsWith("Perhaps the server does not send its intermediate certificates.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_faults_are_told_together()
    {
        await using TlsServer server = new(_root.Issue(["other.example"], Today.AddDays(-20), Today.AddDays(-10)));
        await using TlsClient client = new();

        Assert.Contains("it is for other.example, not for api.example; it expired on ", await client.FailAsync(server.Port, Host), StringComparison.Ordinal);
        Assert.Contains("; it was issued by an unknown authority, CN=Test Root.", await client.FailAsync(server.Port, Host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_s_certificate_is_none_of_a_server()
    {
        await using TlsServer server = new(_root.IssueForClient(Host));
        await using TlsClient client = new(new() { Ca = { _root.Certificate } });

        Assert.Contains("NotValidForUsage", await client.FailAsync(server.Port, Host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_stranger_named_himself_is_cleaned_before_it_is_shown()
    {
        await using TlsServer server = new(_root.SelfSigned(Host, "evil\u001b[31m\r\nINFO all is well"));
        await using TlsClient client = new();

        string told = await client.FailAsync(server.Port, Host);

        Assert.DoesNotContain(told, char.IsControl);
        Assert.Contains("INFO all is well", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_certificate_is_told_as_such()
    {
        byte[] list = [];
        await using FaultyServer lists = FaultyServer.Start(script => script.ReadHead().Reply(_ => new(200) { Fields = [("Connection", "close")], Body = list }));
        X509Certificate2 revoked = _root.Issue([Host], Today.AddDays(-30), Today.AddDays(30), lists.Url + "/crl");
        list = _root.Revoke(revoked);
        await using TlsServer server = new(revoked);
        await using TlsClient client = new(new() { Ca = { _root.Certificate }, RevocationMode = X509RevocationMode.Online });
        await using TlsClient careless = new(new() { Ca = { _root.Certificate } });

        Assert.EndsWith(" is not accepted: it was revoked.", await client.FailAsync(server.Port, Host), StringComparison.Ordinal);
        await careless.ConnectAsync(server.Port, Host);
    }

    [Fact]
    public async Task What_cannot_be_asked_counts_as_revoked()
    {
        await using TlsServer server = new(_root.Issue(Host));
        await using TlsClient client = new(new() { Ca = { _root.Certificate }, RevocationMode = X509RevocationMode.Offline });

        Assert.EndsWith(": whether it was revoked cannot be learned.", await client.FailAsync(server.Port, Host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_checks_everything_is_accepted_and_the_log_hears_it_once()
    {
        List<string> warnings = [];
        using TlsHandshake loud = new(new() { Verify = false }, warnings.Add);
        using TlsHandshake quiet = new(new(), warnings.Add);
        await using TlsServer server = new(_root.Issue(["other.example"], Today.AddDays(-20), Today.AddDays(-10)));
        await using TlsClient client = new(new() { Verify = false });

        Assert.Equal("hello", await TlsClient.ReadAsync(await client.ConnectAsync(server.Port, Host)));
        Assert.Contains("Verify", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_was_not_checked_is_checked_when_it_is_resumed()
    {
        await using TlsServer server = new(_root.Issue("unchecked.example"));
        await using TlsClient careless = new(new() { Verify = false });
        await using TlsClient careful = new();
        SslStream stream = await careless.ConnectAsync(server.Port, "unchecked.example");
        await TlsClient.ReadAsync(stream);

        Assert.Contains("unknown authority", await careful.FailAsync(server.Port, "unchecked.example"), StringComparison.Ordinal);
    }
}
