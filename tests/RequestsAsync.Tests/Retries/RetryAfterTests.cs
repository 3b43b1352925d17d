using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2025, 6, 15, 14, 0, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("0", 0)]
    [InlineData(" 120\t", 120)]
    [InlineData("007", 7)]
    [InlineData("Sun, 15 Jun 2025 12:01:30 GMT", 90)]
    [InlineData("Sunday, 15-Jun-25 12:00:10 GMT", 10)]
    [InlineData("Sun Jun 15 12:00:10 2025", 10)]
    [InlineData("Sun, 15 Jun 2025 11:59:59 GMT", 0)]
    public void Seconds_or_a_date(string value, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("\u0661")]
    [InlineData("soon")]
    public void Anything_else_says_nothing(string? value) => Assert.Null(RetryAfter.Parse(value, Now));

    [Theory]
    [InlineData("922337203686")]
    [InlineData("9223372036854775808")]
    [InlineData("999999999999999999999999999999999999999999")]
    public void Too_many_seconds_are_for_ever(string value) => Assert.Equal(TimeSpan.MaxValue, RetryAfter.Parse(value, Now));

    [Fact]
    public void No_text_makes_it_throw_or_wait_backwards() =>
        Prop.ForAll(Fragments.Of("1", "0", "99999999999", "-", ".", " ", "Sun, 15 Jun 2025 12:01:30 GMT"), text => !(RetryAfter.Parse(text, Now) < TimeSpan.Zero))
            .QuickCheckThrowOnFailure();
}
