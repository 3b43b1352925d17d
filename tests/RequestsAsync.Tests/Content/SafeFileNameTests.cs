using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class SafeFileNameTests
{
    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("..\\..\\boot.ini", "boot.ini")]
    [InlineData("C:\\dir\\a.txt", "a.txt")]
    [InlineData("C:a.txt", "C_a.txt")]
    [InlineData("a.txt:stream", "a.txt_stream")]
    [InlineData("dir/", "dir")]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("a.txt. . ", "a.txt")]
    [InlineData("a\r\n\0\u0085b", "ab")]
    [InlineData("\u202Egpj.exe", "gpj.exe")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.txt", "_nul.txt")]
    [InlineData("com1 .log", "_com1 .log")]
    [InlineData("LPT²", "_LPT²")]
    [InlineData("CONIN$", "_CONIN$")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("日本 👩‍💻.txt", "日本 👩‍💻.txt")]
    [InlineData("a?b*c.txt", "a?b*c.txt")]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData("..", null)]
    [InlineData("/", null)]
    [InlineData("../", null)]
    [InlineData(" \t", null)]
    [InlineData(null, null)]
    public void A_name_is_made_safe(string? name, string? expected) => Assert.Equal(expected, SafeFileName.From(name));

    [Fact]
    public void A_long_name_is_shortened_before_its_extension()
    {
        string name = SafeFileName.From(new string('é', 300) + ".tar.gz")!;
        Assert.EndsWith("é.gz", name, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 230, 240);
    }

    [Fact]
    public void Whatever_comes_the_name_is_safe_and_stays_as_it_is() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), FieldValues.Noise, (text, noise) => IsSafe(text) && IsSafe(noise + text) && IsSafe(string.Concat(Enumerable.Repeat(noise, 100))))
            .QuickCheckThrowOnFailure();

    private static bool IsSafe(string? hostile)
    {
        string? name = SafeFileName.From(hostile);
        return name is null
            || (name.Length > 0 && name[0] != '.' && name[^1] is not ('.' or ' ') && name.IndexOfAny(['/', '\\', ':', '\0', '\r', '\n']) < 0
                && Encoding.UTF8.GetByteCount(name) <= 240 && SafeFileName.From(name) == name);
    }
}
