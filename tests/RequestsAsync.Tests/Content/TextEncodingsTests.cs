using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class TextEncodingsTests
{
    [Theory]
    [InlineData("latin1", "windows-1252")]
    [InlineData("ISO-8859-1", "windows-1252")]
    [InlineData(" Utf8 ", "UTF-8")]
    [InlineData("utf-16", "UTF-16LE")]
    [InlineData("sjis", "Shift_JIS")]
    [InlineData("hz-gb-2312", "replacement")]
    [InlineData("utf-7", null)]
    [InlineData("utf-32", null)]
    [InlineData("", null)]
    [InlineData("\u017Fjis", null)]
    public void A_label_names_the_encoding_of_the_standard(string label, string? name) => Assert.Equal(name, CharsetLabels.NameOf(label));

    [Theory]
    [InlineData("windows-1252", "80819FE4", "€\u0081Ÿä")]
    [InlineData("iso-8859-7", "A1A4AAAE", "‘€ͺ\uFFFD")]
    [InlineData("iso-8859-8", "AFE0FDFEFF", "¯א\u200E\u200F\uFFFD")]
    [InlineData("iso-8859-10", "A180FF", "Ą\u0080ĸ")]
    [InlineData("iso-8859-14", "A1FF", "Ḃÿ")]
    [InlineData("iso-8859-16", "A4FF", "€ÿ")]
    [InlineData("windows-1253", "D2C1", "\uFFFDΑ")]
    [InlineData("koi8-u", "AEBEC1", "ўЎа")]
    [InlineData("macintosh", "BDDBF0", "Ω€\uF8FF")]
    [InlineData("x-mac-cyrillic", "A2B6FF", "Ґґ€")]
    [InlineData("x-user-defined", "4180FF", "A\uF780\uF7FF")]
    [InlineData("replacement", "414243", "\uFFFD")]
    [InlineData("shift_jis", "93FA967B", "日本")]
    [InlineData("euc-kr", "C7D1B1DBB0A2", "한글각")]
    [InlineData("gbk", "D6D0CEC4", "中文")]
    [InlineData("gb18030", "81308130", "\u0080")]
    [InlineData("big5", "A4A4A4E5", "中文")]
    [InlineData("euc-jp", "C6FCCBDC", "日本")]
    [InlineData("iso-2022-jp", "1B2442467C4B5C1B2842", "日本")]
    [InlineData("utf-16be", "65E5D800", "日\uFFFD")]
    [InlineData("shift_jis", "813C", "\uFFFD<")]
    [InlineData("shift_jis", "ED408790", "纊≒")]
    [InlineData("shift_jis", "81", "\uFFFD")]
    [InlineData("euc-kr", "4181224281", "A\uFFFD\"B\uFFFD")]
    [InlineData("euc-jp", "A2AF41", "\uFFFDA")]
    [InlineData("iso-2022-jp", "1B2442222F1B2842", "\uFFFD")]
    public void Bytes_are_the_characters_of_the_standard(string label, string hex, string expected) =>
        Assert.Equal(expected, TextEncodings.ForLabel(label)!.GetString(Convert.FromHexString(hex)));

    [Fact]
    public void Nothing_is_registered_with_the_runtime()
    {
        TextEncodings.ForLabel("windows-1251");
        Assert.Throws<ArgumentException>(() => Encoding.GetEncoding("windows-1251"));
    }

    [Fact]
    public void A_single_byte_text_round_trips() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            Encoding encoding = TextEncodings.ForLabel("windows-1251")!;
            return encoding.GetBytes(encoding.GetString(bytes)).AsSpan().SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_character_without_a_byte_is_a_question_mark() =>
        Assert.Equal("a?"u8, TextEncodings.ForLabel("windows-1251")!.GetBytes("a日"));
}
