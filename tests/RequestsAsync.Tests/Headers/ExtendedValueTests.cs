using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class ExtendedValueTests
{
    [Theory]
    [InlineData("UTF-8''na%C3%AFve", "naïve")]
    [InlineData("utf-8'en'a%20b", "a b")]
    [InlineData("iso-8859-1''%80%E4", "\u0080ä")]
    [InlineData("US-ASCII''plain", "plain")]
    [InlineData("UTF-8''", "")]
    public void A_valid_value_is_decoded(string value, string expected) => Assert.Equal(expected, ExtendedValue.Decode(value));

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("UTF-8'a")]
    [InlineData("''a")]
    [InlineData("UTF-8''a%")]
    [InlineData("UTF-8''a%2")]
    [InlineData("UTF-8''a%zz")]
    [InlineData("UTF-8''%E4")]
    [InlineData("UTF-8''a b")]
    [InlineData("UTF-8''ä")]
    [InlineData("KOI8-R''%C1")]
    public void An_invalid_value_is_none(string value) => Assert.Null(ExtendedValue.Decode(value));

    [Fact]
    public void Never_throws_and_reads_back_what_was_escaped() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            ExtendedValue.Decode(text ?? "");
            string valid = string.Concat((text ?? "").EnumerateRunes());
            return ExtendedValue.Decode($"UTF-8''{Uri.EscapeDataString(valid)}") == valid;
        }).QuickCheckThrowOnFailure();
}
