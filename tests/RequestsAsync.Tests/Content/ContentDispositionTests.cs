using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class ContentDispositionTests
{
    [Theory]
    [InlineData("inline", "inline", null)]
    [InlineData(" ATTACHMENT ; FileName=a.txt ", "attachment", "a.txt")]
    [InlineData("attachment; filename=\"a ; b.txt\"", "attachment", "a ; b.txt")]
    [InlineData("attachment; filename=\"say \\\"hi\\\".txt\"", "attachment", "say \"hi\".txt")]
    [InlineData("attachment; filename=My File.pdf", "attachment", "My File.pdf")]
    [InlineData("attachment; filename=\"a.txt\".exe", "attachment", "a.txt")]
    [InlineData("attachment; filename=a.txt; filename=b.txt", "attachment", "a.txt")]
    [InlineData("attachment; filename=plain.txt; filename*=UTF-8''na%C3%AFve.txt", "attachment", "naïve.txt")]
    [InlineData("attachment; filename*=UTF-8''na%C3%AFve.txt; filename=plain.txt", "attachment", "naïve.txt")]
    [InlineData("attachment; filename*=UTF-8''%E4; filename=plain.txt", "attachment", "plain.txt")]
    [InlineData("attachment; filename*=\"UTF-8''a.txt\"", "attachment", null)]
    [InlineData("attachment; filename=\"never closed", "attachment", null)]
    [InlineData("attachment; filename", "attachment", null)]
    [InlineData("attachment; filename=", "attachment", null)]
    [InlineData("attachment; filename=\"../../etc/passwd\"", "attachment", "passwd")]
    [InlineData("attachment; filename*=UTF-8''..%2F..%5Cx.sh", "attachment", "x.sh")]
    [InlineData("attachment;;; filename=a.txt;", "attachment", "a.txt")]
    public void Type_and_file_name_are_read(string header, string type, string? fileName)
    {
        ContentDisposition? parsed = ContentDisposition.Parse(header);
        Assert.Equal((type, fileName), (parsed?.Type, parsed?.FileName));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("; filename=a")]
    [InlineData("filename=a.txt; attachment")]
    [InlineData("\"attachment\"")]
    [InlineData("two words; filename=a")]
    public void Without_a_type_there_is_nothing(string? header) => Assert.Null(ContentDisposition.Parse(header));

    [Fact]
    public void Parameters_are_the_servers_own_words()
    {
        ContentDisposition parsed = ContentDisposition.Parse("form-data; NAME=a; filename=\"/etc/passwd\"; size=3")!;
        Assert.Equal("a", parsed.Parameters["name"]);
        Assert.Equal("/etc/passwd", parsed.Parameters["FileName"]);
        Assert.Equal("3", parsed.Parameters["size"]);
        Assert.Equal("form-data; filename=\"passwd\"", parsed.ToString());
    }

    [Fact]
    public void Never_throws_and_never_gives_a_path() =>
        Prop.ForAll(FieldValues.Noise, ArbMap.Default.ArbFor<string>(), (noise, text) =>
        {
            ContentDisposition.Parse(text);
            foreach (string value in new[] { noise, text ?? "" })
            {
                string? name = ContentDisposition.Parse($"attachment; filename={value}")?.FileName;
                if (name is not null && name.IndexOfAny(['/', '\\']) >= 0) return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();
}
