using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class JsonEncodingDetectorTests
{
    private static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(false), new UTF8Encoding(true),
        new UnicodeEncoding(false, false), new UnicodeEncoding(false, true), new UnicodeEncoding(true, false), new UnicodeEncoding(true, true),
        new UTF32Encoding(false, false), new UTF32Encoding(false, true), new UTF32Encoding(true, false), new UTF32Encoding(true, true),
    ];

    public static TheoryData<string> Texts => ["{}", "1", "\"日\"", "[\"\\u0000\", \"é\"]", "  true"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_Unicode_encoding_is_told_with_and_without_its_mark(string json)
    {
        foreach (Encoding encoding in Encodings)
        {
            byte[] body = [.. encoding.Preamble, .. encoding.GetBytes(json)];
            Assert.Equal(json, Encoding.UTF8.GetString(JsonEncodingDetector.ToUtf8(body).Span));
        }
    }

    [Fact]
    public void A_UTF8_body_is_not_copied()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, (byte)'1'];
        ReadOnlyMemory<byte> json = JsonEncodingDetector.ToUtf8(body);
        body[3] = (byte)'2';
        Assert.Equal("2"u8, json.Span);
    }

    [Fact]
    public void Never_throws() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), body => JsonEncodingDetector.ToUtf8(body).Length >= 0).QuickCheckThrowOnFailure();
}
