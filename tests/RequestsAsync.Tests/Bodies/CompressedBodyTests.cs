using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace RequestsAsync.Tests;

public sealed class CompressedBodyTests(BinFixture bin)
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("all work and no play ", 1000));

    public static TheoryData<bool, ContentCoding> Each => new()
    {
        { true, ContentCoding.GZip }, { false, ContentCoding.GZip }, { true, ContentCoding.Brotli }, { false, ContentCoding.Brotli },
    };

    [Theory]
    [MemberData(nameof(Each))]
    public async Task Bytes_are_compressed_with_a_known_length(bool awaited, ContentCoding coding)
    {
        Response response = await SendAsync(awaited, new() { Content = Long, Compress = coding });

        Assert.Equal(Long, Decoded(response, coding));
        Assert.True(int.Parse(HeaderOf(response, "Content-Length")!, System.Globalization.CultureInfo.InvariantCulture) < 1000);
        Assert.Equal("text/plain; charset=utf-8", HeaderOf(response, "Content-Type"));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task A_stream_is_compressed_on_its_way(bool awaited, ContentCoding coding)
    {
        Response response = await SendAsync(awaited, new() { Content = new GeneratedStream(300_000), Compress = coding });

        Assert.Equal(new string('x', 300_000), Decoded(response, coding));
        Assert.Null(HeaderOf(response, "Content-Length"));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task Large_bytes_are_compressed_on_their_way_and_again_for_a_307(bool awaited, ContentCoding coding)
    {
        byte[] large = new byte[2 << 20];
        Response response = await SendAsync(awaited, new() { Content = large, Compress = coding }, "/redirect-to?status_code=307&url=/post");

        Assert.Equal(large.Length, Decoded(response, coding).Length);
        Assert.Null(HeaderOf(response, "Content-Length"));
        Assert.Single(response.History);
    }

    [Fact]
    public async Task Fields_of_the_coding_end_with_the_content()
    {
        Response response = await SendAsync(awaited: true, new() { Content = Long, Compress = ContentCoding.GZip }, "/redirect-to?status_code=303&url=/get");
        Assert.Null(HeaderOf(response, "Content-Encoding"));
    }

    [Fact]
    public async Task What_gains_nothing_is_sent_as_it_is()
    {
        Response tiny = await SendAsync(awaited: true, new() { Content = "ab", Compress = ContentCoding.GZip });
        Response none = await SendAsync(awaited: true, new() { Compress = ContentCoding.GZip });

        Assert.Equal("ab", tiny.Json().GetProperty("data").GetString());
        Assert.Null(HeaderOf(tiny, "Content-Encoding"));
        Assert.Null(HeaderOf(none, "Content-Encoding"));
    }

    [Fact]
    public async Task Headers_that_would_lie_are_refused()
    {
        await Refused(new() { Content = Long, Compress = ContentCoding.GZip, Headers = { ["content-encoding"] = "br" } }, "Content-Encoding");
        await Refused(new() { Content = Long, Compress = ContentCoding.GZip, Headers = { ["Content-Length"] = "21000" } }, "Content-Length");
        await Refused(new() { Content = Long, Compress = (ContentCoding)9 }, "no content coding");

        async Task Refused(RequestOptions options, string why) =>
            Assert.Contains(why, (await Assert.ThrowsAsync<InvalidRequestException>(() => SendAsync(awaited: true, options))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task A_stream_that_fails_is_told_apart_from_the_network(bool awaited, ContentCoding coding)
    {
        using TemporaryFile file = new("a.txt", "0123456789");
        FileBody body = FileBody.Open(file.FullPath);
        File.Delete(file.FullPath);

        RequestException e = await Assert.ThrowsAsync<RequestException>(() => SendAsync(awaited, new() { Content = body, Compress = coding }));

        Assert.IsType<FileNotFoundException>(e.InnerException);
    }

    private async Task<Response> SendAsync(bool awaited, RequestOptions options, string path = "/post")
    {
        await using Session session = new();
        return await session.SendAsync(awaited, "POST", bin.Url + path, options);
    }

    private static string Decoded(Response response, ContentCoding coding)
    {
        Assert.Equal(coding == ContentCoding.GZip ? "gzip" : "br", HeaderOf(response, "Content-Encoding"));
        string data = response.Json().GetProperty("data").GetString()!;
        using MemoryStream coded = new(data.StartsWith("data:", StringComparison.Ordinal)
            ? Convert.FromBase64String(data[(data.IndexOf(',', StringComparison.Ordinal) + 1)..])
            : Encoding.UTF8.GetBytes(data));
        using Stream decoder = coding == ContentCoding.GZip
            ? new GZipStream(coded, CompressionMode.Decompress)
            : new BrotliStream(coded, CompressionMode.Decompress);
        using StreamReader reader = new(decoder);
        return reader.ReadToEnd();
    }

    private static string? HeaderOf(Response response, string name) =>
        response.Json().GetProperty("headers").TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
