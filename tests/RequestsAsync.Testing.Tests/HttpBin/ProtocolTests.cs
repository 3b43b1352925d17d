using System.Buffers;
using System.Text;

namespace RequestsAsync.Testing.Tests;

/// <summary>One port for HTTP/1.1 and HTTP/2, without TLS and with it.</summary>
public class ProtocolTests(WireFixture wires) : IClassFixture<WireFixture>
{
    [Theory]
    [MemberData(nameof(WireFixture.Wires), MemberType = typeof(WireFixture))]
    public async Task Each_version_is_spoken(string wire)
    {
        await using Session session = wires.Open(wire);
        foreach (Response response in await WireFixture.RepeatAsync(wire, () => session.PostAsync("/anything?q=1", new() { Content = "text" })))
        {
            Assert.Equal(WireFixture.IsHttp2(wire) ? 2 : 1, response.HttpVersion.Major);
            Assert.Equal("text", response.Json().GetProperty("data").GetString());
            Assert.Equal((WireFixture.IsSecure(wire) ? wires.Secure : wires.Plain).Url + "/anything?q=1", response.Json().GetProperty("url").GetString());
        }
    }

    [Fact]
    public async Task ALPN_prefers_HTTP2()
    {
        await using var session = new Session(new() { Tls = { Ca = [CertificateAuthority.From(wires.Secure.CertificateAuthority!)] }, TrustEnvironment = false });
        Assert.Equal(2, (await session.GetAsync(wires.Secure.Url + "/get")).HttpVersion.Major);
        Assert.Equal(2, (await session.GetAsync(wires.Secure.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/get")).HttpVersion.Major);
    }

    [Fact]
    public async Task Its_authority_has_to_be_trusted()
    {
        Assert.Null(wires.Plain.CertificateAuthority);
        Assert.False(wires.Secure.CertificateAuthority!.HasPrivateKey);
        await using var session = new Session(new() { TrustEnvironment = false });
        await Assert.ThrowsAsync<TlsException>(() => session.GetAsync(wires.Secure.Url + "/get"));
    }

    [Fact]
    public async Task Each_start_has_an_authority_of_its_own()
    {
        await using var other = await HttpBin.StartAsync(new HttpBinOptions { Tls = true });
        Assert.NotEqual(wires.Secure.CertificateAuthority!.Thumbprint, other.CertificateAuthority!.Thumbprint);
        await using Session session = WireFixture.Open("h2", wires.Secure);
        await Assert.ThrowsAsync<TlsException>(() => session.GetAsync(other.Url + "/get"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HTTP2_can_be_turned_off(bool tls)
    {
        await using var bin = await HttpBin.StartAsync(new HttpBinOptions { Http2 = false, Tls = tls });
        await using (Session first = WireFixture.Open("http/1.1", bin)) Assert.Equal(1, (await first.GetAsync("/get")).HttpVersion.Major);
        await using Session second = WireFixture.Open("h2", bin);
        await Assert.ThrowsAnyAsync<RequestException>(() => second.GetAsync("/get"));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("P", null)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r", null)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", true)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nmore", true)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", false)]
    [InlineData("POST / HTTP/1.1\r\n", false)]
    [InlineData("G", false)]
    public void The_first_bytes_say_which(string start, bool? expected) =>
        Assert.Equal(expected, PriorKnowledge.IsPreface(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(start))));

    [Fact]
    public async Task First_bytes_may_come_one_by_one()
    {
        using RawConnection connection = await RawConnection.OpenAsync(wires.Plain);
        foreach (char c in "POST /post HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") await connection.SendAsync(c.ToString());
        Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);

        using RawConnection second = await RawConnection.OpenAsync(wires.Plain);
        foreach (byte b in "PRI * HTTP/2.0\r\n\r\nSM\r\n\r"u8.ToArray()) await second.SendAsync([b]);
        await second.SendAsync("\n\0\0\0\u0004\0\0\0\0\0");
        await RawHttp2.GetAsync(second, stream: 1, "/status/200");
        (byte type, _, byte[] payload) = await RawHttp2.NextAsync(second, stream: 1);
        Assert.Equal(RawHttp2.Headers, type);
        Assert.Contains((byte)0x88, payload);
    }

    [Fact]
    public async Task A_connection_that_says_nothing_does_not_hold_up_the_end()
    {
        var bin = await HttpBin.StartAsync();
        using RawConnection silent = await RawConnection.OpenAsync(bin);
        using RawConnection begun = await RawConnection.OpenAsync(bin);
        await begun.SendAsync("PRI * HT");
        await using (Session session = WireFixture.Open("http/1.1", bin)) await session.GetAsync("/get");
        await bin.DisposeAsync();
        Assert.Equal("", await silent.ReadToEndAsync());
    }

    [Theory]
    [InlineData(false, "http://httpbin.test")]
    [InlineData(true, "https://httpbin.test")]
    public async Task In_process_the_options_give_scheme_and_clock(bool tls, string url)
    {
        var time = new ManualTime();
        await using var bin = await HttpBin.StartInProcessAsync(new HttpBinOptions { Tls = tls, TimeProvider = time });
        Assert.Equal(url, bin.Url);
        await using var session = new Session(bin.CreateHandler());
        Task<Response> answer = session.GetAsync(bin.Url + "/delay/3");
        await time.UntilWaitingAsync(1);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(url + "/delay/3", (await answer).Json().GetProperty("url").GetString());
        Assert.Throws<ArgumentNullException>(() => new HttpBinOptions { TimeProvider = null! });
        await Assert.ThrowsAsync<ArgumentNullException>(() => HttpBin.StartInProcessAsync(null!));
    }
}
