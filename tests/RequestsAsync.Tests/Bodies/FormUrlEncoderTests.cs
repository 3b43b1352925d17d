using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class FormUrlEncoderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("azAZ09-._~", "azAZ09-._~")]
    [InlineData("a b+c*d", "a+b%2Bc%2Ad")]
    [InlineData("é日😀", "%C3%A9%E6%97%A5%F0%9F%98%80")]
    [InlineData("a=1&b;c/d?e#f", "a%3D1%26b%3Bc%2Fd%3Fe%23f")]
    [InlineData("\r\n\0%", "%0D%0A%00%25")]
    public void Text_is_encoded(string text, string expected)
    {
        StringBuilder target = new();
        FormUrlEncoder.Append(target, text);
        Assert.Equal(expected, target.ToString());
    }

    [Fact]
    public void Half_a_surrogate_pair_is_the_replacement_character()
    {
        StringBuilder target = new();
        FormUrlEncoder.Append(target, "\ud800x");
        Assert.Equal("%EF%BF%BDx", target.ToString());
    }

    [Fact]
    public void Pairs_keep_their_order_and_repeat() =>
        Assert.Equal("b=1&a=&b=x+y", FormUrlEncoder.Encode([new("b", "1"), new("a", ""), new("b", "x y")]));

    [Fact]
    public void What_was_encoded_reads_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            StringBuilder target = new();
            FormUrlEncoder.Append(target, text);
            string valid = string.Concat((text ?? "").EnumerateRunes());
            return System.Net.WebUtility.UrlDecode(target.ToString()) == valid && Ascii.IsValid(target.ToString());
        }).QuickCheckThrowOnFailure();
}
