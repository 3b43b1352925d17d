using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class TlsRecordsTests
{
    private static readonly byte[] Hello = [22, 3, 3, 0, 42, 2, 0, 0, 38, 3, 2, .. new byte[36]];
    private static readonly byte[] Alert = [21, 3, 3, 0, 2, 2, 40];
    private static readonly byte[] EncryptedAlert = [21, 3, 3, 0, 26, .. Enumerable.Repeat((byte)42, 26)];

    /// <summary>What a server sends, and what there is in it: whether it is foreign, the version of the hello, the alert.</summary>
    public static TheoryData<byte[], bool, int, int?> Sendings => new()
    {
        { [], false, 0, null },
        { [22], false, 0, null },
        { Hello, false, 0x0302, null },
        { [.. Hello, .. Alert], false, 0x0302, 40 },
        { [.. Hello, .. EncryptedAlert], false, 0x0302, null },
        { [.. EncryptedAlert, .. Alert], false, 0, 40 },
        { [22, 3, 3, 0, 0, .. Alert], false, 0, 40 },
        { "HTTP/1.1 400 Bad Request"u8.ToArray(), true, 0, null },
        { "H"u8.ToArray(), true, 0, null },
        { [22, 2, 0, 0, 2, 2, 40], true, 0, null },
        { [0x80, 3, 3, 0, 2, 2, 40], true, 0, null },
    };

    [Theory]
    [MemberData(nameof(Sendings))]
    public void However_it_is_cut_the_same_is_seen(byte[] sent, bool isForeign, int version, int? alert)
    {
        for (int size = 1; size <= sent.Length + 1; size++)
        {
            TlsRecords records = new();
            foreach (byte[] piece in sent.Chunk(size))
                records.Read(piece);

            Assert.Equal((isForeign, version, (TlsAlert?)alert), (records.IsForeign, records.HelloVersion, records.Alert));
        }
    }

    [Theory]
    [InlineData("HTTP/1.0 400", true)]
    [InlineData("HTT", false)]
    [InlineData("SSH-2.0", false)]
    public void Http_is_told_from_other_protocols(string sent, bool isHttp)
    {
        TlsRecords records = new();
        records.Read(System.Text.Encoding.ASCII.GetBytes(sent));
        Assert.Equal((true, isHttp), (records.IsForeign, records.IsHttp));
    }

    [Fact]
    public void Any_bytes_can_be_read() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<PositiveInt>(), (bytes, size) =>
        {
            byte[] sent = [22, 3, .. bytes];
            TlsRecords whole = new();
            TlsRecords pieces = new();
            whole.Read(sent);
            foreach (byte[] piece in sent.Chunk(size.Get))
                pieces.Read(piece);

            return (whole.IsForeign, whole.HelloVersion, whole.Alert) == (pieces.IsForeign, pieces.HelloVersion, pieces.Alert);
        }).QuickCheckThrowOnFailure();
}
