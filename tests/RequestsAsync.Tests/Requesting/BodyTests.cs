using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RequestsAsync.Tests;

public sealed partial class BodyTests(BinFixture bin)
{
    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Json_is_compact_utf8(bool awaited)
    {
        await using Session session = new();
        Response response = await session.SendAsync(awaited, "POST", bin.Url + "/post", new() { Json = new { Key = "väl <&>", list = new[] { 1, 2 } } });

        Assert.Equal("{\"key\":\"väl <&>\",\"list\":[1,2]}", response.Json().GetProperty("data").GetString());
        Assert.Equal("application/json", response.Json().GetProperty("headers").GetProperty("Content-Type").GetString());
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_form_is_urlencoded(bool awaited)
    {
        await using Session session = new();
        Response response = await session.SendAsync(awaited, "POST", bin.Url + "/post", new() { Form = { ["a"] = "1 & 2", ["b"] = ["x", "y"], ["c"] = null } });

        JsonElement form = response.Json().GetProperty("form");
        Assert.Equal("1 & 2", form.GetProperty("a").GetString());
        Assert.Equal(["x", "y"], form.GetProperty("b").EnumerateArray().Select(value => value.GetString()));
        Assert.False(form.TryGetProperty("c", out _));
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Raw_content_is_sent_as_it_is(bool awaited)
    {
        await using Session session = new();

        Response text = await session.SendAsync(awaited, "POST", bin.Url + "/post", new() { Content = "grüße" });
        Response bytes = await session.SendAsync(awaited, "PUT", bin.Url + "/put", new() { Content = "abc"u8.ToArray() });
        Response typed = await session.SendAsync(awaited, "POST", bin.Url + "/post", new() { Content = "<a/>", Headers = { ["content-type"] = "text/xml" } });

        Assert.Equal("grüße", text.Json().GetProperty("data").GetString());
        Assert.Equal("text/plain; charset=utf-8", HeaderOf(text, "Content-Type"));
        Assert.Equal("abc", bytes.Json().GetProperty("data").GetString());
        Assert.Null(HeaderOf(bytes, "Content-Type"));
        Assert.Equal("text/xml", HeaderOf(typed, "Content-Type"));
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_stream_is_sent_from_where_it_stands(bool awaited)
    {
        await using Session session = new();
        using MemoryStream seekable = new("skip:content"u8.ToArray()) { Position = 5 };
        Response known = await session.SendAsync(awaited, "POST", bin.Url + "/post", new() { Content = seekable });
        using ForwardStream forward = new(new byte[300_000]);
        Response chunked = await session.SendAsync(awaited, "POST", bin.Url + "/post", new() { Content = forward });

        Assert.Equal("content", known.Json().GetProperty("data").GetString());
        Assert.Equal("7", HeaderOf(known, "Content-Length"));
        Assert.Null(HeaderOf(chunked, "Content-Length"));
        Assert.Equal(300_000, Encoding.UTF8.GetByteCount(chunked.Json().GetProperty("data").GetString()!));
        Assert.True(seekable.CanRead);
    }

    [Fact]
    public async Task An_asynchronous_stream_is_sent_as_it_comes()
    {
        await using Session session = new();
        Response response = await session.PostAsync(bin.Url + "/post", new() { Content = Body.FromAsyncStream(Chunks(), "text/plain") });

        Assert.Equal("one two three ", response.Json().GetProperty("data").GetString());
        Assert.Throws<InvalidRequestException>(() => session.Post(bin.Url + "/post", new() { Content = Body.FromAsyncStream(Chunks()) }));

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks()
        {
            foreach (string word in (string[])["one ", "two ", "three "])
            {
                await Task.Yield();
                yield return Encoding.UTF8.GetBytes(word);
            }
        }
    }

    [Fact]
    public async Task Json_by_source_generation_needs_no_reflection()
    {
        await using Session session = new();
        Response response = await session.PostAsync(bin.Url + "/post", new() { Content = Body.FromJson(new Point(1, 2), PointJson.Default.Point) });

        Assert.Equal("{\"X\":1,\"Y\":2}", response.Json().GetProperty("data").GetString());
        Assert.Equal(new Point(1, 2), JsonSerializer.Deserialize(response.Json().GetProperty("json"), PointJson.Default.Point));
    }

    [Fact]
    public async Task Null_json_is_sent_only_on_demand()
    {
        await using Session session = new();
        Assert.Equal("", (await session.PostAsync(bin.Url + "/post", new() { Json = null })).Json().GetProperty("data").GetString());
        Assert.Equal("null", (await session.PostAsync(bin.Url + "/post", new() { HasJson = true })).Json().GetProperty("data").GetString());
        Assert.Equal("{}", (await session.PostAsync(bin.Url + "/post", new() { Json = new { } })).Json().GetProperty("data").GetString());
    }

    [Fact]
    public async Task Two_kinds_of_content_are_refused_and_so_is_nan()
    {
        await using Session session = new();
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.PostAsync(bin.Url, new() { Json = 1, Content = "x" }));
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.PostAsync(bin.Url, new() { Json = 1, Form = { ["a"] = "b" } }));
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.PostAsync(bin.Url, new() { Content = "x", Form = { ["a"] = "b" } }));
        InvalidRequestException nan = await Assert.ThrowsAsync<InvalidRequestException>(() => session.PostAsync(bin.Url, new() { Json = new { d = double.NaN } }));
        Assert.Contains("JSON", nan.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_content_stream_that_fails_is_told_apart_from_the_network(bool awaited)
    {
        await using Session session = new();
        using BrokenStream broken = new();

        RequestException e = await Assert.ThrowsAsync<RequestException>(() => session.SendAsync(awaited, "POST", bin.Url + "/post", new() { Content = broken }));

        Assert.Contains("the disk is gone", e.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(e.InnerException);
    }

    private static string? HeaderOf(Response response, string name) =>
        response.Json().GetProperty("headers").TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    internal sealed record Point(int X, int Y);

    [JsonSerializable(typeof(Point))]
    internal sealed partial class PointJson : JsonSerializerContext;

    private sealed class ForwardStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => throw new IOException("the disk is gone");

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("the disk is gone");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("the disk is gone");

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("the disk is gone");
    }
}
