using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class NetrcTests
{
    [Theory]
    [InlineData("machine h login u password p", "u:p")]
    [InlineData("machine h\n\tlogin u\r\n\tpassword p\r\n", "u:p")]
    [InlineData("machine h user u account a password p", "u:p")]
    [InlineData("\ufeffmachine H login u password p", "u:p")]
    [InlineData("# one\nmachine h # two\nlogin u #three\npassword #p # four", "u:#p")]
    [InlineData("machine h login \"u v\" password \"a\\\"\\\\\\n\"", "u v:a\"\\\n")]
    [InlineData("machine h login u password a\\ b", "u:a b")]
    [InlineData("machine h login u password a\"b\"", "u:a\"b\"")]
    [InlineData("machine h login u password a password b", "u:b")]
    [InlineData("macdef m\nmachine h login x\n\nmachine h login u password p", "u:p")]
    [InlineData("macdef m\r\nbye\r\n\r\nmachine h login u password p", "u:p")]
    [InlineData("machine h login u", "u:")]
    [InlineData("machine h password p", ":p")]
    [InlineData("machine h login u password", "u:")]
    [InlineData("machine h login u machine h login v password p", "v:p")]
    [InlineData("default login d password e", "d:e")]
    [InlineData("default login d password e machine h login u password p", "u:p")]
    [InlineData("machine other login u password p", null)]
    [InlineData("machine h default login d password e", null)]
    [InlineData("", null)]
    public void Host_is_found(string text, string? expected) => Assert.Equal(expected, Show(Netrc.Parse(text, "f").Find("h")));

    [Theory]
    [InlineData("machine h login v password x machine h login u password p", "u:p")]
    [InlineData("machine h login v password x machine h password p", "u:p")]
    [InlineData("machine h login u machine h login u password p", "u:p")]
    [InlineData("machine h login v password x", null)]
    [InlineData("machine h login v password x default login u password p", null)]
    [InlineData("default login u password p", "u:p")]
    [InlineData("default login v password p", null)]
    public void Host_is_found_for_a_user(string text, string? expected) => Assert.Equal(expected, Show(Netrc.Parse(text, "f").Find("h", "u")));

    [Theory]
    [InlineData("secret", 1)]
    [InlineData("\n\nlogin secret", 3)]
    [InlineData("machine h\nlogin u\npassword p secret", 3)]
    [InlineData("machine", 1)]
    [InlineData("macdef", 1)]
    [InlineData("\nmacdef m\nsecret\n", 2)]
    [InlineData("machine h\npassword \"secret\n\n", 2)]
    public void Error_names_the_file_and_line_and_no_secret(string text, int line)
    {
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => Netrc.Parse(text, "/home/u/.netrc"));
        Assert.StartsWith($"/home/u/.netrc, line {line}: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_an_entry_hides_the_password() => Assert.Equal("h u", new NetrcEntry("h", "u", "secret", null).ToString());

    [Fact]
    public void No_text_makes_it_throw_anything_else() =>
        Prop.ForAll(
            Fragments.Of("machine ", "default ", "login ", "password ", "account ", "macdef ", "h ", "\"", "\\", "#", "\n", "\r\n", "\n\n", " "),
            text =>
            {
                try
                {
                    Netrc.Parse(text, "f").Find("h", "u");
                }
                catch (InvalidRequestException)
                {
                    // The documented one.
                }
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_quoted_password_comes_back() =>
        Prop.ForAll<NonNull<string>>(password =>
        {
            string quoted = password.Get.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            return Netrc.Parse($"machine h login u password \"{quoted}\" machine i", "f").Find("h") == new UserCredentials("u", password.Get);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("/n", "/n", "/n")]
    [InlineData("/n", "/home/.netrc", null)]
    [InlineData("~/n", "/home/n", "/home/n")]
    [InlineData("", "/home/.netrc /home/_netrc", "/home/.netrc")]
    [InlineData(null, "/home/_netrc", "/home/_netrc")]
    [InlineData(null, "", null)]
    public void File_is_located(string? variable, string files, string? expected)
    {
        string[] there = files.Split(' ');
        Assert.Equal(expected, NetrcFile.Locate(name => name == "NETRC" ? variable : null, "/home", path => there.Contains(path, StringComparer.Ordinal)));
    }

    [Fact]
    public void File_that_cannot_be_read_is_a_typed_error()
    {
        string path = Path.Join(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.Contains(path, Assert.Throws<InvalidRequestException>(() => NetrcFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_is_loaded()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "machine h login u password é");
            Assert.Equal("u:é", Show(NetrcFile.Load(path).Find("h")));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string? Show(UserCredentials? found) => found is null ? null : $"{found.UserName}:{found.Password}";
}
