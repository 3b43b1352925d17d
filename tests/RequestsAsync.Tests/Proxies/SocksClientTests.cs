using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class SocksClientTests
{
    private static readonly EndPoint Target = new IPEndPoint(IPAddress.Parse("192.0.2.7"), 80);

    /// <summary>A proxy, what it says to a client that it connects, and the length of what it hears.</summary>
    public static TheoryData<string, string, int> Connections => new()
    {
        { "socks4://h", "005A000000000000", 9 },
        { "socks4a://me@h", "005A123412341234", 11 },
        { "socks5://h", "0500" + "05000001C00002070050", 3 + 10 },
        { "socks5h://h", "0500" + "0500000420010DB80000000000000000000000010050", 3 + 10 },
        { "socks5h://h", "0500" + "0500000303612E620050", 3 + 10 },
        { "socks5h://h", "0500" + "05000003000050", 3 + 10 },
        { "socks5://user:p@h", "0500" + "05000001C00002070050", 4 + 10 },
        { "socks5://user:p@h", "0502" + "0100" + "05000001C00002070050", 4 + 8 + 10 },
    };

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task A_connection_begins_behind_the_last_byte_of_the_reply(string proxy, string answer, int written)
    {
        foreach (int atATime in (int[])[1, 2, 3, 1000])
        {
            ScriptedStream stream = new([.. Convert.FromHexString(answer), .. "220 the target speaks first"u8], atATime);

            Assert.Null(await ConnectAsync(proxy, stream));
            Assert.Equal(answer.Length / 2, stream.Position);
            Assert.Equal(written, stream.Written.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task A_connection_that_closes_anywhere_before_is_none(string proxy, string answer, int written)
    {
        byte[] whole = Convert.FromHexString(answer);
        for (int length = 0; length < whole.Length; length++)
        {
            ScriptedStream stream = new(whole[..length], 1000);

            ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => ConnectAsync(proxy, stream));
            Assert.Equal($"the SOCKS proxy {new Proxy(proxy)} closed the connection instead of answering.", e.Message);
            Assert.InRange(stream.Written.Length, 3, written);
        }
    }

    [Fact]
    public async Task Credentials_are_shown_to_none_that_does_not_ask()
    {
        ScriptedStream stream = new(Convert.FromHexString("0500" + "05000001C00002070050"), 1000);

        await ConnectAsync("socks5://user:secret@h", stream);

        Assert.Equal([5, 2, 0, 2, 5, 1, 0, 1, 192, 0, 2, 7, 0, 80], stream.Written);
    }

    [Fact]
    public async Task A_refusal_is_returned_so_that_another_address_can_be_tried() =>
        Assert.Equal("host unreachable", await ConnectAsync("socks5://h", new ScriptedStream(Convert.FromHexString("0500" + "05040001000000000000"), 1000)));

    [Fact]
    public async Task A_reset_keeps_its_cause()
    {
        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => ConnectAsync("socks4://h", new ResetStream()));

        Assert.IsType<IOException>(e.InnerException);
    }

    [Fact]
    public void Any_bytes_connect_refuse_or_fail_as_the_proxys_fault() =>
        Prop.ForAll(
            Gen.Elements("socks4://h", "socks4a://h", "socks5://h", "socks5h://user:p@h").ToArbitrary(),
            Gen.OneOf(Gen.Elements<byte>(0, 1, 2, 3, 4, 5, 90, 91, 255), ArbMap.Default.GeneratorFor<byte>()).ListOf().ToArbitrary(),
            Gen.Elements(1, 2, 1000).ToArbitrary(),
            (proxy, answer, atATime) =>
            {
                Task<string?> connecting = ConnectAsync(proxy, new ScriptedStream([.. answer], atATime));
                return connecting.IsCompletedSuccessfully || connecting.Exception?.InnerException is ProxyException;
            }).QuickCheckThrowOnFailure();

    private static Task<string?> ConnectAsync(string proxy, Stream stream) => new SocksClient(proxy).ConnectAsync(stream, Target, CancellationToken.None).AsTask();

    private sealed class ResetStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("reset");
    }
}
