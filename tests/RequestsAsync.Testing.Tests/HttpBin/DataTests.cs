using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace RequestsAsync.Testing.Tests;

public class DataTests(BinFixture bin)
{
    [Theory]
    [InlineData("/gzip", "gzipped")]
    [InlineData("/deflate", "deflated")]
    [InlineData("/brotli", "brotli")]
    public async Task Compressed_answers_decode(string path, string member)
    {
        foreach (HttpClient client in bin.Clients)
        {
            byte[] body = await client.GetByteArrayAsync(path);
            using var source = new MemoryStream(body);
            using Stream decoder = path switch
            {
                "/gzip" => new GZipStream(source, CompressionMode.Decompress),
                "/deflate" => new ZLibStream(source, CompressionMode.Decompress),
                _ => new BrotliStream(source, CompressionMode.Decompress),
            };
            using var json = await JsonDocument.ParseAsync(decoder);
            string[] members = [.. json.RootElement.EnumerateObject().Select(static property => property.Name)];
            Assert.Equal([member, "headers", "method", "origin"], members);
        }
    }

    [Theory]
    [InlineData("/stream/0", 0)]
    [InlineData("/stream/3?a=1", 3)]
    [InlineData("/stream/1000", 100)]
    public async Task Stream_sends_lines_of_json(string path, int count)
    {
        foreach (HttpClient client in bin.Clients)
        {
            string text = await client.GetStringAsync(path);
            string[] lines = text.Split('\n');
            Assert.Equal("", lines[^1]);
            Assert.Equal(Enumerable.Range(0, count), lines[..^1].Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetInt32()));
        }
    }

    [Theory]
    [InlineData("/bytes/100?seed=7", "/bytes/100?seed=7", true)]
    [InlineData("/bytes/100?seed=7", "/bytes/100?seed=8", false)]
    [InlineData("/bytes/100", "/bytes/100", false)]
    [InlineData("/bytes/100?seed=7", "/stream-bytes/100?seed=7&chunk_size=9", true)]
    [InlineData("/bytes/100?seed=-7", "/stream-bytes/100?SEED=-7&chunk_size=-1", true)]
    public async Task A_seed_makes_bytes_repeat(string one, string other, bool areEqual)
    {
        byte[] first = await bin.Socket.GetByteArrayAsync(one), second = await bin.Memory.GetByteArrayAsync(other);
        Assert.Equal(100, first.Length);
        Assert.Equal(areEqual, first.AsSpan().SequenceEqual(second));
    }

    [Theory]
    [InlineData(null, 200, "bytes 0-9/10", "abcdefghij")]
    [InlineData("bytes=0-", 200, "bytes 0-9/10", "abcdefghij")]
    [InlineData("bytes=0-9", 200, "bytes 0-9/10", "abcdefghij")]
    [InlineData("bytes=2-5", 206, "bytes 2-5/10", "cdef")]
    [InlineData("bytes=4-", 206, "bytes 4-9/10", "efghij")]
    [InlineData("bytes=-3", 206, "bytes 7-9/10", "hij")]
    [InlineData("bytes=-30", 200, "bytes 0-9/10", "abcdefghij")]
    [InlineData("bytes=0-0", 206, "bytes 0-0/10", "a")]
    [InlineData("bytes=-0", 416, "bytes */10", "")]
    [InlineData("bytes=5-10", 416, "bytes */10", "")]
    [InlineData("bytes=10-", 416, "bytes */10", "")]
    [InlineData("bytes=5-4", 416, "bytes */10", "")]
    [InlineData("bytes=0-1,3-4", 200, "bytes 0-9/10", "abcdefghij")]
    [InlineData("bytes=99999999999-", 200, "bytes 0-9/10", "abcdefghij")]
    [InlineData("lines=0-1", 200, "bytes 0-9/10", "abcdefghij")]
    [InlineData("bytes", 200, "bytes 0-9/10", "abcdefghij")]
    [InlineData("bytes=", 200, "bytes 0-9/10", "abcdefghij")]
    [InlineData("bytes=a-b", 200, "bytes 0-9/10", "abcdefghij")]
    public async Task Ranges(string? range, int status, string contentRange, string body)
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var message = BinFixture.Message("GET", "/range/10?chunk_size=3", range is null ? [] : [("Range", range)]);
            using var response = await client.SendAsync(message);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(contentRange, BinFixture.Header(response, "Content-Range"));
            Assert.Equal("range10", BinFixture.Header(response, "ETag"));
            Assert.Equal("bytes", BinFixture.Header(response, "Accept-Ranges"));
            Assert.Equal(body, await response.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("/cache", "If-None-Match", "x", 304)]
    [InlineData("/cache", "If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT", 304)]
    [InlineData("/cache", "If-Match", "x", 200)]
    [InlineData("/etag/a", "If-None-Match", "\"a\"", 304)]
    [InlineData("/etag/a", "If-None-Match", "a", 304)]
    [InlineData("/etag/a", "If-None-Match", "\"b\", W/\"a\"", 304)]
    [InlineData("/etag/a", "If-None-Match", "*", 304)]
    [InlineData("/etag/a", "If-None-Match", "\"b\"", 200)]
    [InlineData("/etag/a", "If-Match", "\"a\"", 200)]
    [InlineData("/etag/a", "If-Match", "*", 200)]
    [InlineData("/etag/a", "If-Match", "\"b\"", 412)]
    public async Task Conditions(string path, string name, string value, int status)
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var message = BinFixture.Message("GET", path, (name, value));
            using var response = await client.SendAsync(message);
            Assert.Equal(status, (int)response.StatusCode);
            if (path != "/cache" && status != 412) Assert.Equal("a", BinFixture.Header(response, "ETag"));
            if (status != 200) Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task Cache_gives_validators()
    {
        using var response = await bin.Socket.GetAsync("/cache");
        Assert.NotNull(response.Content.Headers.LastModified);
        Assert.Equal(32, BinFixture.Header(response, "ETag")!.Length);
    }

    [Fact]
    public async Task Links_point_to_every_page_but_their_own()
    {
        Assert.Equal(
            "<html><head><title>Links</title></head><body><a href='/links/3/0'>0</a> 1 <a href='/links/3/2'>2</a> </body></html>",
            await bin.Socket.GetStringAsync("/links/3/1"));
        Assert.Equal(199, (await bin.Memory.GetStringAsync("/links/9999/5")).Split("<a ").Length - 1);
        Assert.Contains("<body>0 </body>", await bin.Memory.GetStringAsync("/links/0/0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_are_what_they_claim_to_be()
    {
        using var json = JsonDocument.Parse(await bin.Socket.GetByteArrayAsync("/json"));
        Assert.Equal(2, json.RootElement.GetProperty("slideshow").GetProperty("slides").GetArrayLength());
        var xml = System.Xml.Linq.XDocument.Parse(await bin.Socket.GetStringAsync("/xml"));
        Assert.Equal(2, xml.Root!.Elements("slide").Count());
        Assert.Contains("Disallow: /deny", await bin.Socket.GetStringAsync("/robots.txt"), StringComparison.Ordinal);
        Assert.Contains("🌊", await bin.Socket.GetStringAsync("/encoding/utf8"), StringComparison.Ordinal);
        Assert.Contains("<h1>", await bin.Socket.GetStringAsync("/html"), StringComparison.Ordinal);
        Assert.Contains("action=\"/post\"", await bin.Socket.GetStringAsync("/forms/post"), StringComparison.Ordinal);
        Assert.True(Guid.TryParse(JsonDocument.Parse(await bin.Socket.GetStringAsync("/uuid")).RootElement.GetProperty("uuid").GetString(), out _));
        Assert.Equal("héllo?>", await bin.Socket.GetStringAsync("/base64/" + Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes("héllo?>")))));
    }

    [Fact]
    public async Task The_index_lists_every_endpoint()
    {
        string index = await bin.Socket.GetStringAsync("/");
        foreach (string pattern in (string[])["/get", "/delay/{seconds}", "/digest-auth/{qop}/{user}/{passwd}/{algorithm}/{stale_after}", "/anything/{path}"])
            Assert.Contains(pattern, index, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "image/png")]
    [InlineData("image/*", "image/png")]
    [InlineData("image/jpeg, image/png", "image/jpeg")]
    [InlineData("IMAGE/WEBP", "image/webp")]
    [InlineData("image/svg+xml", "image/svg+xml")]
    [InlineData("text/html", null)]
    public async Task Image_is_of_an_accepted_type(string? accept, string? type)
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var message = BinFixture.Message("GET", "/image", accept is null ? [] : [("Accept", accept)]);
            using var response = await client.SendAsync(message);
            Assert.Equal(type is null ? 406 : 200, (int)response.StatusCode);
            Assert.Equal(type ?? "application/json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task The_png_holds_its_pixels()
    {
        byte[] png = await bin.Socket.GetByteArrayAsync("/image/png");
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Assert.Equal("AE426082", Convert.ToHexString(png[^4..])); // the checksum every IEND has
        int data = png.AsSpan().IndexOf("IDAT"u8) + 4;
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(png[data..]), CompressionMode.Decompress)) await zlib.CopyToAsync(pixels);
        Assert.Equal(32 * (1 + (32 * 3)), pixels.Length);
    }

    [Fact]
    public async Task Jpeg_and_webp_are_framed_as_such()
    {
        byte[] jpeg = await bin.Socket.GetByteArrayAsync("/image/jpeg");
        Assert.Equal([0xFF, 0xD8, 0xFF], jpeg[..3]);
        Assert.Equal([0xFF, 0xD9], jpeg[^2..]);
        byte[] webp = await bin.Socket.GetByteArrayAsync("/image/webp");
        Assert.Equal("WEBPVP8L", Encoding.ASCII.GetString(webp, 8, 8));
        Assert.Equal(webp.Length - 8, BitConverter.ToInt32(webp, 4));
    }

    [Fact]
    public void A_weighted_choice_takes_the_share_a_point_lies_in()
    {
        (int, double)[] choices = [(200, 0.5), (201, 0), (500, 0.25), (503, 0.25)];
        double[] points = [0, 0.49, 0.5, 0.74, 0.75, 0.99, 1];
        Assert.Equal([200, 200, 500, 500, 503, 503, 503], points.Select(point => StatusEndpoints.Pick(choices, point)));
    }
}
