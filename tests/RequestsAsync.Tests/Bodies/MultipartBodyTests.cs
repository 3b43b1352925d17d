using System.Text;
using System.Text.Json;

namespace RequestsAsync.Tests;

public sealed class MultipartBodyTests(BinFixture bin)
{
    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Fields_and_files_arrive(bool awaited)
    {
        using TemporaryFile file = new("a b.txt", "from disk");
        await using FileStream open = File.OpenRead(file.FullPath);
        await using Session session = new();

        Response response = await session.SendAsync(awaited, "POST", bin.Url + "/post", new()
        {
            Form = { ["title"] = "naïve \"quote\"", ["tag"] = ["x", "y"], ["skip"] = null },
            Files =
            {
                ["path"] = Upload.FromFile(file.FullPath),
                ["bytes"] = "in memory"u8.ToArray(),
                ["text"] = Upload.FromText("größe", "größe.txt"),
                ["stream"] = open,
                ["none"] = null,
                ["field"] = Upload.FromText("{}", fileName: "", "application/json"),
            },
        });

        JsonElement form = response.Json().GetProperty("form");
        JsonElement files = response.Json().GetProperty("files");
        Assert.Equal("naïve \"quote\"", form.GetProperty("title").GetString());
        Assert.Equal(["x", "y"], form.GetProperty("tag").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal("{}", form.GetProperty("field").GetString());
        Assert.Equal(3, form.EnumerateObject().Count());
        Assert.Equal("from disk", files.GetProperty("path").GetString());
        Assert.Equal("in memory", files.GetProperty("bytes").GetString());
        Assert.Equal("größe", files.GetProperty("text").GetString());
        Assert.Equal("from disk", files.GetProperty("stream").GetString());
        Assert.Equal(4, files.EnumerateObject().Count());
        Assert.True(open.CanRead);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Parts_stand_on_the_wire_in_their_order_with_their_headers(bool awaited)
    {
        using TemporaryFile file = new("page.html", "<p>");
        await using FileStream open = File.OpenRead(file.FullPath);
        await using ContentServer server = new();
        await using Session session = new();

        await session.SendAsync(awaited, "POST", server.Url, new()
        {
            Headers = { ["Content-Type"] = "multipart/form-data; boundary=here" },
            Files =
            {
                ["first"] = Upload.FromFile(file.FullPath, contentType: "text/plain"),
                ["second"] = open,
                ["third"] = new ReadOnlyMemory<byte>([65]),
                ["fourth"] = new MemoryStream([66]),
                ["fifth"] = UploadWithHeaders(),
                ["sixth"] = Upload.FromText("t", "a.csv"),
                ["seventh"] = Upload.FromText("u"),
            },
            Form = { ["field"] = "value" },
        });

        Assert.Equal(
            Part("name=\"field\"", "value") +
            Part("name=\"first\"; filename=\"page.html\"\r\nContent-Type: text/plain", "<p>") +
            Part("name=\"second\"; filename=\"page.html\"\r\nContent-Type: text/html", "<p>") +
            Part("name=\"third\"; filename=\"third\"\r\nContent-Type: application/octet-stream", "A") +
            Part("name=\"fourth\"; filename=\"fourth\"\r\nContent-Type: application/octet-stream", "B") +
            Part("name=\"fifth\"; filename=\"x.bin\"\r\nX-Id: 7\r\nContent-Type: image/x", "C") +
            Part("name=\"sixth\"; filename=\"a.csv\"\r\nContent-Type: text/csv", "t") +
            Part("name=\"seventh\"; filename=\"seventh\"\r\nContent-Type: text/plain; charset=utf-8", "u") +
            "--here--\r\n", Assert.Single(server.Contents));
        Assert.Contains("\r\nContent-Type: multipart/form-data; boundary=here\r\n", Assert.Single(server.Heads), StringComparison.Ordinal);

        static string Part(string head, string content) => $"--here\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n";

        static Upload UploadWithHeaders() => new UploadOf("C").With("X-Id", "7").With("Content-Type", "image/x").File;
    }

    [Fact]
    public async Task Several_files_may_have_one_name()
    {
        await using Session session = new();
        Response response = await session.PostAsync(bin.Url + "/post", new() { Files = { { "a", Upload.FromText("1") }, { "a", Upload.FromText("2") } } });

        Assert.Equal(["1", "2"], response.Json().GetProperty("files").GetProperty("a").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public async Task The_boundary_differs_from_request_to_request()
    {
        await using ContentServer server = new();
        await using Session session = new();
        RequestOptions options = new() { Files = { ["a"] = Upload.FromText("x") } };

        await session.PostAsync(server.Url, options);
        await session.PostAsync(server.Url, options);

        Assert.Matches("--[0-9a-f]{32}--\r\n$", server.Contents[0]);
        Assert.NotEqual(server.Contents[0], server.Contents[1]);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_form_is_multipart_without_a_file_on_demand(bool awaited)
    {
        await using Session session = new();
        Response response = await session.SendAsync(awaited, "POST", bin.Url + "/post", new() { Multipart = true, Form = { ["a"] = ["1", "2"] } });

        Assert.StartsWith("multipart/form-data; boundary=", HeaderOf(response, "Content-Type"), StringComparison.Ordinal);
        Assert.Equal(["1", "2"], response.Json().GetProperty("form").GetProperty("a").EnumerateArray().Select(value => value.GetString()));
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_stream_that_cannot_seek_makes_it_chunked_and_sent_once(bool awaited)
    {
        await using Session session = new();
        RequestOptions options = new() { Files = { ["known"] = Upload.FromText("k"), ["unknown"] = new GeneratedStream(300_000) } };
        Request request = new("POST", bin.Url + "/post", options);

        Response response = await session.SendAsync(awaited, "POST", bin.Url + "/post", options);

        Assert.Null(HeaderOf(response, "Content-Length"));
        Assert.Equal(300_000, response.Json().GetProperty("files").GetProperty("unknown").GetString()!.Length);
        InvalidRequestException again = await Assert.ThrowsAsync<InvalidRequestException>(() => session.SendAsync(request));
        Assert.Contains("sent already", again.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task It_is_sent_again_for_a_307(bool awaited)
    {
        using TemporaryFile file = new("a.txt", "from disk");
        using MemoryStream stream = new("skip:seekable"u8.ToArray()) { Position = 5 };
        await using Session session = new();

        Response response = await session.SendAsync(awaited, "POST", bin.Url + "/redirect-to?status_code=307&url=/post", new()
        {
            Form = { ["f"] = "v" },
            Files = { ["path"] = Upload.FromFile(file.FullPath), ["stream"] = stream },
        });

        Assert.Single(response.History);
        Assert.Equal("v", response.Json().GetProperty("form").GetProperty("f").GetString());
        Assert.Equal("from disk", response.Json().GetProperty("files").GetProperty("path").GetString());
        Assert.Equal("seekable", response.Json().GetProperty("files").GetProperty("stream").GetString());
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task It_is_not_sent_again_with_a_stream_that_cannot_seek(bool awaited)
    {
        await using Session session = new();
        RedirectException e = await Assert.ThrowsAsync<RedirectException>(() => session.SendAsync(
            awaited, "POST", bin.Url + "/redirect-to?status_code=307&url=/post", new() { Files = { ["s"] = new GeneratedStream(10) } }));

        Assert.Contains("read only once", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_missing_file_is_refused_before_anything_is_sent(bool awaited)
    {
        await using ContentServer server = new();
        await using Session session = new();
        string missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

        InvalidRequestException e = await Assert.ThrowsAsync<InvalidRequestException>(
            () => session.SendAsync(awaited, "POST", server.Url, new() { Files = { ["a"] = Upload.FromFile(missing) } }));
        await Assert.ThrowsAsync<InvalidRequestException>(
            () => session.SendAsync(awaited, "POST", server.Url, new() { Files = { ["a"] = Upload.FromFile(Path.GetTempPath()) } }));
        await Assert.ThrowsAsync<InvalidRequestException>(
            () => session.SendAsync(awaited, "POST", server.Url, new() { Files = { ["a"] = Upload.FromFile("a\0b") } }));

        Assert.Contains(missing, e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Heads);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_file_that_became_shorter_is_no_failure_of_the_network(bool awaited)
    {
        using TemporaryFile file = new("a.txt", "0123456789");
        FileBody body = FileBody.Open(file.FullPath);
        await File.WriteAllTextAsync(file.FullPath, "0123");
        await using Session session = new();

        RequestException e = await Assert.ThrowsAsync<RequestException>(() => session.SendAsync(awaited, "POST", bin.Url + "/post", new() { Content = body }));

        Assert.Contains("became shorter", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_appended_to_a_file_meanwhile_is_not_sent()
    {
        using TemporaryFile file = new("a.txt", "0123456789");
        FileBody body = FileBody.Open(file.FullPath);
        await File.AppendAllTextAsync(file.FullPath, "more");
        await using Session session = new();

        Assert.Equal("0123456789", (await session.PostAsync(bin.Url + "/post", new() { Content = body })).Json().GetProperty("data").GetString());
    }

    [Fact]
    public async Task What_cannot_be_sent_is_refused()
    {
        await using Session session = new();
        await Refused(new() { Files = { ["a"] = Upload.FromText("x") }, Json = 1 }, "one of them");
        await Refused(new() { Files = { ["a"] = Upload.FromText("x") }, Content = "y" }, "one of them");
        await Refused(new() { Multipart = true, Content = "y" }, "one of them");
        await Refused(new() { Files = { ["a"] = Upload.FromText("x") }, Headers = { ["Content-Type"] = "multipart/form-data" } }, "boundary");
        await Refused(new() { Files = { ["a"] = new UploadOf("x").With("X", "a\r\nb").File } }, "carriage return");
        await Refused(new() { Files = { ["a"] = new UploadOf("x").With("Content-Disposition", "inline").File } }, "Content-Disposition");
        Assert.Throws<ArgumentException>(() => Upload.FromFile(""));

        async Task Refused(RequestOptions options, string why) =>
            Assert.Contains(why, (await Assert.ThrowsAsync<InvalidRequestException>(() => session.PostAsync(bin.Url + "/post", options))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_keeps_the_files_it_was_made_with()
    {
        await using Session session = new();
        Upload upload = Upload.FromText("x", "a.txt");
        RequestOptions options = new() { Files = { ["a"] = upload } };
        Request request = new("POST", bin.Url + "/post", options);
        options.Files["b"] = Upload.FromText("y");
        upload.Headers["Content-Disposition"] = "would be refused";

        Assert.Equal("""{"a":"x"}""", JsonSerializer.Serialize((await session.SendAsync(request)).Json().GetProperty("files")));
    }

    [Fact]
    public void Files_of_a_name_are_replaced_at_the_place_of_the_first()
    {
        FileParts files = new() { { "a", Upload.FromText("1") }, { "b", Upload.FromText("2") }, { "a", Upload.FromText("3") } };
        files["a"] = Upload.FromText("4", "four");
        Assert.Equal(["a", "b"], files.Select(entry => entry.Key));
        Assert.Equal("four", files["a"]!.FileName);

        files["a"] = null;
        Assert.Equal(["b"], files.Select(entry => entry.Key));
        Assert.Null(files["a"]);
        Assert.Equal("<Upload [four]>", Upload.FromBytes(Encoding.UTF8.GetBytes("secret"), "four").ToString());
    }

    private static string? HeaderOf(Response response, string name) =>
        response.Json().GetProperty("headers").TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private sealed record UploadOf(string Text)
    {
        public Upload File { get; } = Upload.FromText(Text, "x.bin");

        public UploadOf With(string name, string value)
        {
            File.Headers[name] = value;
            return this;
        }
    }
}
