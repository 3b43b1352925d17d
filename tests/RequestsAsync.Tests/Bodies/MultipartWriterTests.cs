using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class MultipartWriterTests
{
    [Fact]
    public void Parts_are_framed()
    {
        MultipartWriter writer = new("xyz",
        [
            new MultipartPart("note") { Length = 2 },
            new MultipartPart("file") { FileName = "a.png", Headers = [new("X-Id", "7")], Length = 3 },
        ]);

        string body = Text(writer.HeaderOf(0)) + "hi" + Text(writer.HeaderOf(1)) + "png" + Text(writer.Closing);
        Assert.Equal(
            "--xyz\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhi" +
            "\r\n--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nX-Id: 7\r\nContent-Type: image/png\r\n\r\npng" +
            "\r\n--xyz--\r\n", body);
        Assert.Equal(body.Length, writer.Length);
        Assert.Equal("multipart/form-data; boundary=xyz", writer.ContentType);
    }

    [Theory]
    [InlineData("naïve 日.txt", "naïve 日.txt")]
    [InlineData("a\"b", "a%22b")]
    [InlineData("a\r\nb", "a%0D%0Ab")]
    [InlineData("50%22\\", "50%22\\")]
    public void Names_are_raw_but_for_what_would_break_the_header(string name, string expected)
    {
        MultipartWriter writer = new("b", [new MultipartPart(name) { FileName = name, ContentType = "a/b" }]);
        Assert.StartsWith(
            $"--b\r\nContent-Disposition: form-data; name=\"{expected}\"; filename=\"{expected}\"\r\nContent-Type: a/b\r\n\r\n",
            Text(writer.HeaderOf(0)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_type_of_a_part_can_be_given_as_a_header()
    {
        MultipartWriter writer = new("b", [new MultipartPart("a") { FileName = "a.png", Headers = [new("content-type", "image/x")] }]);
        Assert.Equal("--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.png\"\r\nContent-Type: image/x\r\n\r\n", Text(writer.HeaderOf(0)));
    }

    [Fact]
    public void Without_a_parts_length_the_bodys_is_unknown() =>
        Assert.Null(new MultipartWriter("b", [new MultipartPart("a") { Length = 1 }, new MultipartPart("b")]).Length);

    [Fact]
    public void A_body_without_parts_is_its_closing()
    {
        MultipartWriter writer = new("b", []);
        Assert.Equal("--b--\r\n", Text(writer.Closing));
        Assert.Equal(7, writer.Length);
    }

    [Theory]
    [InlineData("X-A", "a\r\nb", "The part header X-A has a carriage return")]
    [InlineData("X A", "a", "The name of a part's header has a space")]
    [InlineData("Content-Disposition", "form-data", "made from its name")]
    [InlineData("Content-Type", "a\nb", "The part header Content-Type has a line feed")]
    public void A_header_that_cannot_be_sent_is_refused(string name, string value, string message)
    {
        InvalidRequestException failure = Assert.Throws<InvalidRequestException>(
            () => new MultipartWriter("b", [new MultipartPart("a") { Headers = [new(name, value)] }]));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nb")]
    [InlineData("é")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789x")]
    public void A_boundary_that_cannot_be_sent_is_refused(string boundary) =>
        Assert.Throws<InvalidRequestException>(() => new MultipartWriter(boundary, []));

    [Fact]
    public void A_boundary_that_is_no_token_is_quoted() =>
        Assert.Equal("multipart/form-data; boundary=\"a:b\"", new MultipartWriter("a:b", []).ContentType);

    [Fact]
    public void The_length_is_what_is_written_and_names_never_break_a_header() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(string Name, string? FileName, byte[] Content)[]>(), given =>
        {
            MultipartPart[] parts = [.. given.Select(part => new MultipartPart(part.Name ?? "") { FileName = part.FileName, Length = part.Content.Length })];
            MultipartWriter writer = new("0123456789abcdef", parts);
            long written = writer.Closing.Length;
            for (int index = 0; index < parts.Length; index++)
            {
                written += writer.HeaderOf(index).Length + given[index].Content.Length;
                int lines = Text(writer.HeaderOf(index)).Split("\r\n").Length;
                if (lines != 4 + (parts[index].FileName is null ? 0 : 1) + (index == 0 ? 0 : 1)) return false;
            }

            return written == writer.Length;
        }).QuickCheckThrowOnFailure();

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
