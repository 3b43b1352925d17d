using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class HttpDateTests
{
    private static readonly DateTimeOffset Now = new(2025, 6, 15, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z")]
    [InlineData("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z")]
    [InlineData("Sat Nov 26 08:49:37 1994", "1994-11-26T08:49:37Z")]
    [InlineData("Wed, 31 Dec 2008 23:59:60 GMT", "2009-01-01T00:00:00Z")]
    [InlineData("Thu, 29 Feb 2024 00:00:00 GMT", "2024-02-29T00:00:00Z")]
    [InlineData("Mon, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z")]
    public void Three_forms_of_HTTP(string text, string expected) => Assert.Equal(Instant(expected), Parse(text));

    [Theory]
    [InlineData("  sun, 6 nov 1994 8:49:37 gmt\t", "1994-11-06T08:49:37Z")]
    [InlineData("Sun,06-Nov-1994 08:49:37 UTC", "1994-11-06T08:49:37Z")]
    [InlineData("06 Nov 94 08:49:37", "1994-11-06T08:49:37Z")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 +0530", "1994-11-06T03:19:37Z")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 -0800", "1994-11-06T16:49:37Z")]
    [InlineData("Sun Nov 6 08:49:37 1994 GMT", "1994-11-06T08:49:37Z")]
    public void What_servers_make_of_them(string text, string expected) => Assert.Equal(Instant(expected), Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("Sun")]
    [InlineData("Sun, 06 Nov")]
    [InlineData("Sun, 06 Nov 1994")]
    [InlineData("Sun, 06 Nov 1994 08:49 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT x")]
    [InlineData("Sun, 06 Nov 1994 24:00:00 GMT")]
    [InlineData("Sun, 06 Nov 1994 23:60:00 GMT")]
    [InlineData("Sun, 06 Nov 1994 23:59:61 GMT")]
    [InlineData("Sun, 30 Feb 2024 00:00:00 GMT")]
    [InlineData("Sun, 29 Feb 2023 00:00:00 GMT")]
    [InlineData("Sun, 00 Nov 1994 00:00:00 GMT")]
    [InlineData("Sun, 006 Nov 1994 00:00:00 GMT")]
    [InlineData("Sun, 06 Nov 0094 00:00:00 GMT")]
    [InlineData("Sun, 06 Nov 994 00:00:00 GMT")]
    [InlineData("Sun, 06 Nov 19940 00:00:00 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 +2400")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 +0060")]
    [InlineData("Fri, 31 Dec 9999 23:59:60 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 -0001")]
    [InlineData("Holy, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("1994-11-06T08:49:37Z")]
    [InlineData("784111777")]
    public void Anything_else_is_no_date(string text) => Assert.Null(Parse(text));

    [Theory]
    [InlineData("2025-06-15T12:00:00Z", "Sunday, 15-Jun-75 12:00:00 GMT", 2075)]
    [InlineData("2025-06-15T12:00:00Z", "Sunday, 15-Jun-75 12:00:01 GMT", 1975)]
    [InlineData("2025-06-15T12:00:00Z", "Sunday, 15-Jun-25 12:00:00 GMT", 2025)]
    [InlineData("2025-06-15T12:00:00Z", "Sunday, 01-Jan-00 00:00:00 GMT", 2000)]
    [InlineData("2095-01-01T00:00:00Z", "Sunday, 01-Jan-05 00:00:00 GMT", 2105)]
    [InlineData("1999-12-31T23:59:59Z", "Sunday, 01-Jan-00 00:00:00 GMT", 2000)]
    [InlineData("9999-12-31T23:59:59Z", "Sunday, 01-Jan-00 00:00:00 GMT", 9900)]
    public void Two_digits_of_year_lie_at_most_50_years_ahead(string now, string text, int year) =>
        Assert.Equal(year, HttpDate.TryParse(text, Instant(now), out DateTimeOffset instant) ? instant.Year : 0);

    [Fact]
    public void Date_is_written_in_GMT() =>
        Assert.Equal("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.Format(new(1994, 11, 6, 10, 49, 37, 500, TimeSpan.FromHours(2))));

    [Fact]
    public void What_is_written_is_read() =>
        Prop.ForAll<DateTimeOffset>(any =>
        {
            DateTimeOffset instant = new(any.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
            return instant.Year < 1583 || Parse(HttpDate.Format(instant)) == instant;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_it_throw() =>
        Prop.ForAll(
            Fragments.Of("Sun", ", ", " ", "-", "06", "6", "Nov", "1994", "94", "08:49:37", ":", "GMT", "+0530", "9999", "31 Dec 9999 23:59:60"),
            text => _ = Parse(text)).QuickCheckThrowOnFailure();

    private static DateTimeOffset? Parse(string text) => HttpDate.TryParse(text, Now, out DateTimeOffset instant) ? instant : null;

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
