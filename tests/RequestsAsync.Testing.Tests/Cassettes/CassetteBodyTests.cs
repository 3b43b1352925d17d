using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace RequestsAsync.Testing.Tests;

public sealed class CassetteBodyTests(BinFixture bin) : IDisposable
{
    private readonly CassetteFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Uri Home => new("http://h/");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/gzip", "gzip")]
    [InlineData("/deflate", "deflate")]
    [InlineData("/brotli", "br")]
    public async Task A_compressed_body_is_text_in_the_file_and_compressed_on_replay(string path, string coding)
    {
        string text;
        using (Session session = new(_folder.Record())) text = (await session.GetAsync(bin.Url + path, cancellationToken: Token)).Text;

        JsonElement response = Entry().GetProperty("response");
        JsonElement content = response.GetProperty("content");
        Assert.Equal(text, content.GetProperty("text").GetString());
        Assert.Equal(content.GetProperty("size").GetInt32() - response.GetProperty("bodySize").GetInt32(), content.GetProperty("compression").GetInt32());

        using HttpClient raw = new(_folder.Replay());
        using HttpResponseMessage replayed = await raw.GetAsync(new Uri(bin.Url + path), Token);
        Assert.Equal(coding, Assert.Single(replayed.Content.Headers.ContentEncoding));
        byte[] bytes = await replayed.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(bytes.Length, replayed.Content.Headers.ContentLength);
        Assert.NotEqual(text, Encoding.UTF8.GetString(bytes));
        using Session decoding = new(_folder.Replay());
        Assert.Equal(text, (await decoding.GetAsync(bin.Url + path, cancellationToken: Token)).Text);
    }

    [Fact]
    public async Task A_body_that_cannot_be_decoded_is_kept_as_it_came_where_secrets_are()
    {
        byte[] zstd = [0x28, 0xB5, 0x2F, 0xFD, 1, 2, 3];
        CassetteOptions keeping = new() { KeepsSecrets = true };
        using (HttpClient client = new(_folder.Record(Origin(zstd, "text/plain", "zstd"), keeping))) await client.GetByteArrayAsync(Home, Token);
        Assert.True(Entry().GetProperty("response").GetProperty("content").GetProperty("_coded").GetBoolean());
        using HttpClient offline = new(_folder.Replay(keeping));
        Assert.Equal(zstd, await offline.GetByteArrayAsync(Home, Token));
    }

    [Fact]
    public async Task A_body_that_cannot_be_decoded_is_left_out_where_secrets_are_hidden()
    {
        using (HttpClient client = new(_folder.Record(Origin([0x28, 0xB5, 0x2F, 0xFD, 1, 2, 3], "text/plain", "zstd")))) await client.GetByteArrayAsync(Home, Token);
        Assert.False(Entry().GetProperty("response").GetProperty("content").TryGetProperty("text", out _));
        using HttpClient offline = new(_folder.Replay());
        using HttpResponseMessage response = await offline.GetAsync(Home, HttpCompletionOption.ResponseHeadersRead, Token);
        using Stream stream = await response.Content.ReadAsStreamAsync(Token);
        CassetteException e = await Assert.ThrowsAsync<CassetteException>(() => stream.CopyToAsync(Stream.Null, Token));
        Assert.Contains("zstd", e.Message, StringComparison.Ordinal);
        Assert.Contains("KeepsSecrets", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "text/html; charset=iso-8859-1", "für", "66FC72")]
    [InlineData("text/html; charset=iso-8859-1", "text/html; charset=iso-8859-1", "für", "66FC72")]
    [InlineData("text/html", "text/html", "<meta charset=shift_jis>日本", "3C6D65746120636861727365743D73686966745F6A69733E93FA967B")]
    [InlineData("text/html", "text/html; charset=utf-8", "für", "66C3BC72")]
    [InlineData("text/plain", "text/plain", "für", "66C3BC72")]
    public async Task What_a_browser_has_recorded_as_text_has_its_bytes_again(string mimeType, string field, string text, string hex)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File)!);
        await File.WriteAllTextAsync(_folder.File, JsonSerializer.Serialize(new
        {
            log = new
            {
                entries = new[]
                {
                    new
                    {
                        startedDateTime = "2024-01-01T00:00:00Z",
                        request = new { method = "GET", url = Home.AbsoluteUri, httpVersion = "HTTP/1.1", headers = Array.Empty<object>() },
                        response = new { status = 200, statusText = "OK", httpVersion = "HTTP/1.1", headers = new[] { new { name = "content-type", value = field } }, content = new { size = 1, mimeType, text } },
                    },
                },
            },
        }), Token);
        using HttpClient offline = new(_folder.Replay());
        Assert.Equal(hex, Convert.ToHexString(await offline.GetByteArrayAsync(Home, Token)));
    }

    [Theory]
    [InlineData("image/png", "89504E470D0A1A0A00FF", true)]
    [InlineData("text/plain; charset=utf-8", "66C3BC72", false)]
    [InlineData("text/plain; charset=iso-8859-1", "66FC72", false)]
    [InlineData("text/plain; charset=utf-8", "66FC72", true)]
    [InlineData("text/plain; charset=shift_jis", "93FA967B", false)]
    [InlineData("text/plain", "EFBBBF61", false)]
    [InlineData("text/plain", "610D0A62", false)]
    public async Task Bytes_come_back_as_they_were(string type, string hex, bool isBase64)
    {
        byte[] bytes = Convert.FromHexString(hex);
        using (HttpClient client = new(_folder.Record(Origin(bytes, type)))) await client.GetByteArrayAsync(Home, Token);
        Assert.Equal(isBase64, Entry().GetProperty("response").GetProperty("content").TryGetProperty("encoding", out _));
        using HttpClient offline = new(_folder.Replay());
        Assert.Equal(bytes, await offline.GetByteArrayAsync(Home, Token));
    }

    [Fact]
    public async Task A_binary_request_is_matched_by_its_bytes()
    {
        using (HttpClient client = new(_folder.Record(Origin("x"u8.ToArray(), "text/plain")))) await client.PostAsync(Home, new ByteArrayContent([0, 255, 1]), Token);
        Assert.Equal("base64", Entry().GetProperty("request").GetProperty("postData").GetProperty("_encoding").GetString());
        using HttpClient offline = new(_folder.Replay());
        await Assert.ThrowsAsync<CassetteMissException>(() => offline.PostAsync(Home, new ByteArrayContent([0, 255, 2]), Token));
        Assert.Equal(HttpStatusCode.OK, (await offline.PostAsync(Home, new ByteArrayContent([0, 255, 1]), Token)).StatusCode);
    }

    [Fact]
    public async Task Heads_and_answers_without_content_keep_their_fields()
    {
        await using WebApplication server = await ServeAsync(application => application.Run(context =>
        {
            context.Response.StatusCode = int.Parse(context.Request.Path.Value![1..], System.Globalization.CultureInfo.InvariantCulture);
            context.Response.Headers.SetCookie = new(["a=1", "b=2"]);
            context.Response.Headers["X-Order"] = new(["2", "1"]);
            context.Response.Headers.ETag = "\"v\"";
            if (context.Request.Method == "HEAD") context.Response.ContentLength = 12345;
            return Task.CompletedTask;
        }));
        CassetteOptions options = new() { KeepsSecrets = true };
        (string, string)[] requests = [("HEAD", "/200"), ("GET", "/204"), ("GET", "/304")];
        List<string> expected = [];
        using (HttpClient client = new(_folder.Record(options: options)))
        {
            foreach ((string method, string path) in requests) expected.Add(await ShownAsync(client, method, path));
        }

        Assert.DoesNotContain("_incomplete", _folder.Text, StringComparison.Ordinal);
        using HttpClient offline = new(_folder.Replay(options));
        List<string> replayed = [];
        foreach ((string method, string path) in requests) replayed.Add(await ShownAsync(offline, method, path));
        Assert.Equal(expected, replayed);
        Assert.Contains("Set-Cookie=a=1|Set-Cookie=b=2|X-Order=2|X-Order=1", replayed[0], StringComparison.Ordinal);
        Assert.Contains("Content-Length=12345", replayed[0], StringComparison.Ordinal);

        async Task<string> ShownAsync(HttpClient client, string method, string path)
        {
            using HttpResponseMessage response = await client.SendAsync(new(new HttpMethod(method), server.Urls.First() + path), Token);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync(Token));
            return $"{(int)response.StatusCode} {response.ReasonPhrase} {string.Join('|', MessageFields.Of(response).Select(pair => $"{pair.Key}={pair.Value}"))}";
        }
    }

    [Fact]
    public async Task Trailers_come_after_the_content()
    {
        await using HttpBin server = await HttpBin.StartAsync(cancellationToken: Token);
        Uri url = new(server.Url + "/trailers?X-Sum=9");
        string live;
        using (HttpClient client = new(_folder.Record())) live = await client.GetStringAsync(url, Token);
        using HttpClient offline = new(_folder.Replay());
        using HttpResponseMessage response = await offline.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Empty(response.TrailingHeaders);
        Assert.Equal(live, await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("9", Assert.Single(response.TrailingHeaders.GetValues("X-Sum")));
    }

    [Fact]
    public async Task Events_are_recorded_while_they_come_and_replayed_at_their_times()
    {
        ManualTime recording = new();
        using (HttpClient client = new(_folder.Record(Paced(recording), new() { TimeProvider = recording })))
        {
            using HttpResponseMessage response = await client.GetAsync(Home, HttpCompletionOption.ResponseHeadersRead, Token);
            using StreamReader lines = new(await response.Content.ReadAsStreamAsync(Token));
            Assert.Equal("data: 1", await lines.ReadLineAsync(Token)); // before the others came
            Assert.Equal(TimeSpan.FromSeconds(1), recording.GetUtcNow() - DateTimeOffset.UnixEpoch);
            await lines.ReadToEndAsync(Token);
        }

        Assert.Equal([(9, 1000), (9, 3000), (9, 3500)], Entry().GetProperty("response").GetProperty("_chunks").EnumerateArray().Select(chunk => (chunk.GetProperty("size").GetInt32(), chunk.GetProperty("offset").GetInt32())));

        ManualTime time = new();
        using HttpClient offline = new(_folder.Replay(new() { ReplayTimings = true, TimeProvider = time }));
        using HttpResponseMessage replayed = await offline.GetAsync(Home, HttpCompletionOption.ResponseHeadersRead, Token);
        using Stream stream = await replayed.Content.ReadAsStreamAsync(Token);
        byte[] buffer = new byte[100];
        foreach (double seconds in (double[])[1, 2, 0.5])
        {
            ValueTask<int> read = stream.ReadAsync(buffer, Token);
            await time.UntilWaitingAsync(1);
            time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.False(read.IsCompleted);
            time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(9, await read);
        }

        Assert.Equal(0, await stream.ReadAsync(buffer, Token));
    }

    [Fact]
    public async Task Without_timings_everything_is_there_at_once()
    {
        ManualTime time = new();
        using (HttpClient client = new(_folder.Record(Paced(time), new() { TimeProvider = time }))) await client.GetStringAsync(Home, Token);
        using HttpClient offline = new(_folder.Replay(new() { TimeProvider = new ManualTime() }));
        using Stream stream = await offline.GetStreamAsync(Home, Token);
        Assert.Equal(27, await stream.ReadAsync(new byte[100], Token));
    }

    [Fact]
    public async Task A_stream_that_its_reader_left_ends_there()
    {
        ManualTime time = new();
        using (HttpClient client = new(_folder.Record(Paced(time), new() { TimeProvider = time })))
        {
            using Stream left = await client.GetStreamAsync(Home, Token);
            Assert.Equal(9, await left.ReadAsync(new byte[100], Token));
        }

        Assert.True(Entry().GetProperty("response").GetProperty("_incomplete").GetBoolean());
        using HttpClient offline = new(_folder.Replay());
        using Stream stream = await offline.GetStreamAsync(Home, Token);
        Assert.Equal(9, await stream.ReadAsync(new byte[100], Token));
        CassetteException end = await Assert.ThrowsAsync<CassetteException>(() => stream.CopyToAsync(Stream.Null, Token));
        Assert.Contains("ends after 9 bytes", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_an_error_and_no_entry()
    {
        CassetteOptions options = new() { MaxBodyBytes = 10 };
        Cassette cassette = _folder.Record(Origin(new byte[11], "text/plain"), options);
        using HttpClient client = new(cassette);
        CassetteException answer = await Assert.ThrowsAsync<CassetteException>(() => client.GetByteArrayAsync(Home, Token));
        Assert.Contains("response content of GET http://h/ has more than 10 bytes", answer.Message, StringComparison.Ordinal);
        CassetteException request = await Assert.ThrowsAsync<CassetteException>(() => client.PostAsync(Home, new ByteArrayContent(new byte[11]), Token));
        Assert.Contains("MaxBodyBytes", request.Message, StringComparison.Ordinal);
        Assert.Equal(0, cassette.Recorded);
    }

    [Fact]
    public async Task A_streamed_request_is_sent_while_it_is_read()
    {
        using MemoryStream source = new("streamed"u8.ToArray());
        await using (Session session = new(_folder.Record()))
        {
            Response response = await session.PostAsync(bin.Url + "/post", new() { Content = source }, Token);
            Assert.Contains("streamed", response.Text, StringComparison.Ordinal);
        }

        Assert.Equal("streamed", Entry().GetProperty("request").GetProperty("postData").GetProperty("text").GetString());
    }

    private static Reply Paced(ManualTime time) => Reply.Stream(() => new PacedStream(
        (() => time.Advance(TimeSpan.FromSeconds(1)), "data: 1\n\n"u8.ToArray()),
        (() => time.Advance(TimeSpan.FromSeconds(2)), "data: 2\n\n"u8.ToArray()),
        (() => time.Advance(TimeSpan.FromSeconds(0.5)), "data: 3\n\n"u8.ToArray()))).WithHeader("Content-Type", "text/event-stream");

    private static Reply Origin(byte[] bytes, string type, string? coding = null)
    {
        Reply reply = Reply.Bytes(bytes).WithHeader("Content-Type", type);
        return coding is null ? reply : reply.WithHeader("Content-Encoding", coding);
    }

    private static async Task<WebApplication> ServeAsync(Action<WebApplication> configure)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        configure(application);
        await application.StartAsync(Token);
        return application;
    }

    private JsonElement Entry()
    {
        using JsonDocument file = JsonDocument.Parse(_folder.Text);
        return Assert.Single(file.RootElement.GetProperty("log").GetProperty("entries").EnumerateArray().ToArray()).Clone();
    }
}
