using System.IO.Compression;
using System.Text;

namespace RequestsAsync.Tests;

public sealed class DecodingTests(BinFixture bin)
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"line {i}\n")));

    public static TheoryData<string, bool> Endpoints => new() { { "gzip", true }, { "gzip", false }, { "deflate", true }, { "deflate", false }, { "brotli", true }, { "brotli", false } };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_coded_body_arrives_decoded(string coding, bool awaited)
    {
        await using Session session = new();
        Response response = await session.SendAsync(awaited, "GET", $"{bin.Url}/{coding}");

        Assert.Equal("GET", response.Json().GetProperty("method").GetString());
        Assert.NotNull(response.Headers["Content-Encoding"]);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("deflate", "zlib")]
    [InlineData("deflate", "raw")]
    [InlineData("br", "br")]
    [InlineData("gzip, br", "gzip,br")]
    [InlineData("deflate, gzip, identity, br", "zlib,gzip,br")]
    [InlineData("gzip", "gzip+gzip")]
    [InlineData("identity", "")]
    [InlineData("unheard-of", "")]
    public async Task Codings_are_undone_in_reverse(string header, string codings)
    {
        byte[] expected = codings == "gzip+gzip" ? [.. Plain, .. Plain] : Plain;
        byte[] coded = codings == "gzip+gzip" ? [.. Code(Plain, "gzip"), .. Code(Plain, "gzip")] : Code(Plain, codings);

        Assert.Equal(expected, (await ReceiveAsync(header, coded)).Content.ToArray());
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "zlib")]
    [InlineData("deflate", "raw")]
    [InlineData("br", "br")]
    [InlineData("gzip, br", "gzip,br")]
    public async Task Data_that_is_cut_off_anywhere_is_no_body(string header, string codings)
    {
        byte[] coded = Code(Plain, codings);
        foreach (int length in Enumerable.Range(1, 40).Concat(Enumerable.Range(coded.Length - 20, 20)).Append(coded.Length / 2))
            await Assert.ThrowsAsync<DecodingException>(() => ReceiveAsync(header, coded[..length]));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Damage_is_a_typed_error_and_no_data_is_no_damage(string header)
    {
        byte[] garbage = new byte[1000];
        new Random(1).NextBytes(garbage);
        garbage[0] = 0xFF;

        DecodingException e = await Assert.ThrowsAsync<DecodingException>(() => ReceiveAsync(header, garbage));
        Assert.Contains("http://h/x", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await ReceiveAsync(header, [])).Content.Length);
    }

    [Fact]
    public async Task Six_codings_in_a_row_are_an_attack() =>
        await Assert.ThrowsAsync<DecodingException>(() => ReceiveAsync("gzip, gzip, gzip, gzip, gzip, gzip", Code(Plain, "gzip")));

    [Fact]
    public async Task A_bomb_is_refused_long_before_it_is_unpacked()
    {
        using MemoryStream zeros = new();
        using (GZipStream gzip = new(zeros, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 64; i++)
                gzip.Write(block);
        }

        BodyTooLargeException e = await Assert.ThrowsAsync<BodyTooLargeException>(() => ReceiveAsync("gzip", zeros.ToArray()));
        Assert.Contains("bomb", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_refused(bool awaited)
    {
        await using Session session = new(new() { MaxResponseBytes = 1000 });
        await Assert.ThrowsAsync<BodyTooLargeException>(() => session.SendAsync(awaited, "GET", bin.Url + "/bytes/1001"));
        await Assert.ThrowsAsync<BodyTooLargeException>(() => session.SendAsync(awaited, "GET", bin.Url + "/stream-bytes/1001"));
        Assert.Equal(1000, (await session.SendAsync(awaited, "GET", bin.Url + "/stream-bytes/1000")).Content.Length);
        Assert.Equal(2000, (await session.SendAsync(awaited, "GET", bin.Url + "/bytes/2000", new() { MaxResponseBytes = 2000 })).Content.Length);
    }

    private static async Task<Response> ReceiveAsync(string header, byte[] body)
    {
        await using Session session = new(new MemoryHandler(_ =>
        {
            HttpResponseMessage answer = MemoryHandler.Ok(body);
            answer.Content.Headers.TryAddWithoutValidation("Content-Encoding", header);
            return answer;
        }));
        return await session.GetAsync("http://h/x");
    }

    private static byte[] Code(byte[] data, string codings)
    {
        foreach (string coding in codings.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            using MemoryStream coded = new();
            using (Stream encoder = coding switch
            {
                "gzip" => new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true),
                "zlib" => new ZLibStream(coded, CompressionLevel.Fastest, leaveOpen: true),
                "raw" => new DeflateStream(coded, CompressionLevel.Fastest, leaveOpen: true),
                _ => new BrotliStream(coded, CompressionLevel.Fastest, leaveOpen: true),
            })
                encoder.Write(data);
            data = coded.ToArray();
        }

        return data;
    }
}
