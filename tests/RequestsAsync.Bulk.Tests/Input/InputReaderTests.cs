using System.IO.Compression;
using System.Text;

namespace RequestsAsync.Bulk.Tests;

public sealed class InputReaderTests
{
    [Fact]
    public async Task Lines_of_a_text_are_urls()
    {
        List<BulkRequest> requests = await ReadAsync("http://a.example/1\r\n\n  https://B.example:443/x y#f \n# a comment\nc.example\nhttp://d.example:8080/\n\thttp://a.example:80/");

        Assert.Equal(
            [(1, "http://a.example/1", "a.example"), (3, "https://b.example/x%20y", "b.example"), (5, "http://c.example/", "c.example"), (6, "http://d.example:8080/", "d.example:8080"), (7, "http://a.example/", "a.example")],
            requests.Select(request => (request.Line, request.Url, request.Host)));
        Assert.All(requests, request => Assert.Null(request.Problem));
        Assert.All(requests, request => Assert.Equal(RequestId.Of("GET", request.Url, []), request.Id));
    }

    [Theory]
    [InlineData("http://", "not valid")]
    [InlineData("http://a b/", "not valid")]
    [InlineData("ftp://example.org/x", "not valid")]
    [InlineData("wss://example.org/x", "wss is not supported")]
    [InlineData("http://example.org:99999/", "not valid")]
    [InlineData("http://[::1/", "not valid")]
    public async Task A_bad_line_of_a_text_is_told_with_its_number(string line, string problem)
    {
        List<BulkRequest> requests = await ReadAsync($"http://a.example/\n{line}\n{line}\nhttp://b.example/\n");

        Assert.Equal([null, "x", "x", null], requests.Select(request => request.Problem is null ? null : "x"));
        Assert.Contains(problem, requests[1].Problem!, StringComparison.Ordinal);
        Assert.Equal((2, line, ""), (requests[1].Line, requests[1].Url, requests[1].Host));
        Assert.NotEqual(requests[1].Id, requests[2].Id);
    }

    [Theory]
    [InlineData(253, 63, true)]
    [InlineData(254, 63, false)]
    [InlineData(5000, 63, false)]
    [InlineData(100, 64, false)]
    public async Task A_host_that_no_name_server_can_know_is_a_bad_line(int length, int label, bool isGood)
    {
        string host = string.Join('.', Enumerable.Repeat(new string('a', label), 100))[..length].TrimEnd('.').PadRight(length, 'b');

        List<BulkRequest> requests = await ReadAsync($"http://{host}/\nhttp://a.example/\n");

        Assert.Equal(isGood, requests[0].Problem is null);
        Assert.Equal(isGood ? host : "", requests[0].Host);
        Assert.Equal("a.example", requests[1].Host);
    }

    [Fact]
    public async Task A_method_in_lower_case_is_the_one_that_is_meant()
    {
        List<BulkRequest> requests = await ReadAsync("""
            {"url":"http://a.example/","method":"patch"}
            {"url":"http://a.example/","method":"PATCH"}
            {"url":"http://a.example/","method":"connect"}
            """);

        Assert.Equal(["PATCH", "PATCH", ""], requests.Select(request => request.Method));
        Assert.Equal(requests[0].Id, requests[1].Id);
        Assert.NotNull(requests[2].Problem);
    }

    [Fact]
    public async Task A_line_of_json_tells_all_of_a_request()
    {
        BulkRequest request = Assert.Single(await ReadAsync(
            """{"url":"http://a.example/x","method":"PUT","headers":{"X-A":"1","X-B":["2","3"]},"body":"h\u00e9","meta": {"id": [1, 2]} }"""));

        Assert.Equal(("PUT", "http://a.example/x", "a.example"), (request.Method, request.Url, request.Host));
        Assert.Equal([new("X-A", "1"), new("X-B", "2"), new("X-B", "3")], request.Headers);
        Assert.Equal("hé", Encoding.UTF8.GetString(request.Content.Span));
        Assert.Equal("""{"id": [1, 2]}""", request.Meta);
        Assert.Equal(RequestId.Of("PUT", request.Url, request.Content.Span), request.Id);
    }

    [Theory]
    [InlineData("""{"url":"http://a.example/"}""", "GET", "", null)]
    [InlineData("""{"url":"http://a.example/","body":null,"meta":null}""", "GET", "", null)]
    [InlineData("""{"url":"http://a.example/","body":"x"}""", "POST", "x", null)]
    [InlineData("""{"url":"http://a.example/","body":{"a": 1}}""", "POST", """{"a": 1}""", "application/json")]
    [InlineData("""{"url":"http://a.example/","body":7}""", "POST", "7", "application/json")]
    [InlineData("""{"url":"http://a.example/","body":[],"headers":{"content-type":"application/ld+json"}}""", "POST", "[]", "application/ld+json")]
    [InlineData("""{"url":"http://a.example/","body_base64":"AQI="}""", "POST", "\u0001\u0002", null)]
    public async Task A_body_makes_it_a_post_and_json_is_sent_as_json(string line, string method, string content, string? mediaType)
    {
        BulkRequest request = Assert.Single(await ReadAsync(line));

        Assert.Null(request.Problem);
        Assert.Equal((method, content), (request.Method, Encoding.UTF8.GetString(request.Content.Span)));
        Assert.Equal(mediaType, request.Headers.SingleOrDefault().Value);
    }

    [Theory]
    [InlineData("""{"url":"http://a.example/""", "not valid JSON")]
    [InlineData("""{"url":"http://a.example/"}}""", "not valid JSON")]
    [InlineData("""{"url":"http://a.example/"} {}""", "not valid JSON")]
    [InlineData("""{"method":"GET"}""", "\"url\" is missing")]
    [InlineData("""{"url":7}""", "\"url\" is no string")]
    [InlineData("""{"url":"http://a.example/","method":"G T"}""", "no method")]
    [InlineData("""{"url":"http://a.example/","metod":"GET"}""", "\"metod\" is not known")]
    [InlineData("""{"url":"http://a.example/","headers":[]}""", "\"headers\" is no object")]
    [InlineData("""{"url":"http://a.example/","headers":{"a":1}}""", "\"headers.a\" is no string")]
    [InlineData("""{"url":"http://a.example/","body":"a","body_base64":"AQI="}""", "two bodies")]
    [InlineData("""{"url":"http://a.example/","body_base64":"?"}""", "not base64")]
    [InlineData("""{"url":"http://a.example/\ud800"}""", "not valid Unicode")]
    [InlineData("[]", "no JSON object")]
    [InlineData("http://a.example/", "not valid JSON")]
    public async Task A_bad_line_of_json_is_told_with_its_reason(string line, string problem)
    {
        List<BulkRequest> requests = await ReadAsync("{\"url\":\"http://a.example/\"}\n" + line + "\n{\"url\":\"http://b.example/\"}");

        Assert.Equal(3, requests.Count);
        Assert.Contains(problem, requests[1].Problem!, StringComparison.Ordinal);
        Assert.Null(requests[2].Problem);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_an_error_and_the_next_is_read()
    {
        string tooLong = "http://a.example/" + new string('a', InputReader.MaxLineBytes);
        List<BulkRequest> requests = await ReadAsync($"http://a.example/\n{tooLong}\nhttp://b.example/\n{tooLong}");

        Assert.Equal([1L, 2, 3, 4], requests.Select(request => request.Line));
        Assert.Equal([false, true, false, true], requests.Select(request => request.Problem is not null));
        Assert.Equal(RequestLine.ShownCharacters + 1, requests[1].Url.Length);
    }

    [Fact]
    public async Task Gzip_is_decompressed_also_in_several_members()
    {
        byte[] zipped = [.. Zip("http://a.example/\nhttp://b.ex"), .. Zip("ample/\nhttp://c.example/\n")];

        Assert.Equal(["http://a.example/", "http://b.example/", "http://c.example/"], (await ReadAsync(zipped)).Select(request => request.Url));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Damaged_or_cut_off_gzip_tells_behind_which_line(bool isChanged)
    {
        byte[] zipped = Zip(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"http://a.example/{i}/{i * 7919}\n")));
        byte[] damaged = zipped[..(zipped.Length / 2)];
        if (isChanged) damaged.AsSpan(damaged.Length - 200).Fill(0xff);

        InputException error = await Assert.ThrowsAsync<InputException>(() => ReadAsync(damaged));
        Assert.Matches(@"behind line [1-9]\d+", error.Message);
    }

    [Fact]
    public async Task Lines_are_the_same_however_the_bytes_come()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("\uFEFFhttp://a.example/é\r\nhttp://b.example/\n\nhttp://c.example/");
        await using InputReader reader = await InputReader.OpenAsync(new SlowStream(bytes), InputFormat.Auto, TestContext.Current.CancellationToken);

        Assert.Equal([(1, "http://a.example/%C3%A9"), (2, "http://b.example/"), (4, "http://c.example/")], (await DrainAsync(reader)).Select(request => (request.Line, request.Url)));
    }

    [Fact]
    public async Task Skipped_lines_are_not_read_again_and_keep_the_format()
    {
        await using InputReader reader = await InputReader.OpenAsync(new MemoryStream("{\"url\":\"http://a.example/\"}\nhttp://b.example/\n{\"url\":\"http://c.example/\"}"u8.ToArray()), InputFormat.Auto, TestContext.Current.CancellationToken);
        await reader.SkipAsync(2, TestContext.Current.CancellationToken);

        Assert.Equal(3, Assert.Single(await DrainAsync(reader)).Line);
    }

    [Fact]
    public async Task Another_input_than_the_job_began_with_is_told()
    {
        await using InputReader reader = await InputReader.OpenAsync(new MemoryStream("http://a.example/\n"u8.ToArray()), InputFormat.Auto, TestContext.Current.CancellationToken);

        InputException error = await Assert.ThrowsAsync<InputException>(async () => await reader.SkipAsync(2, TestContext.Current.CancellationToken));
        Assert.Contains("ends after 1", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Zip(string text)
    {
        using MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return zipped.ToArray();
    }

    private static Task<List<BulkRequest>> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text));

    private static async Task<List<BulkRequest>> ReadAsync(byte[] bytes)
    {
        await using InputReader reader = await InputReader.OpenAsync(new MemoryStream(bytes), InputFormat.Auto, TestContext.Current.CancellationToken);
        return await DrainAsync(reader);
    }

    private static async Task<List<BulkRequest>> DrainAsync(InputReader reader)
    {
        List<BulkRequest> all = [];
        List<BulkRequest> batch = [];
        while (await reader.ReadAsync(batch, 100, TestContext.Current.CancellationToken)) all.AddRange(batch);
        return all;
    }

    /// <summary>A stream that gives one byte at a time.</summary>
    private sealed class SlowStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
