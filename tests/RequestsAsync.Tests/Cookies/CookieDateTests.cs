using System.Globalization;

namespace RequestsAsync.Tests;

public sealed class CookieDateTests
{
    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06 08:49:37Z")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06 08:49:37Z")]
    [InlineData("Sun Nov  6 08:49:37 1994", "1994-11-06 08:49:37Z")]
    [InlineData("1 2 3 4:5:6 feb 2020", "2020-02-01 04:05:06Z")] // 1 is the day, and one digit is no year
    [InlineData("1 22 4:5:6 feb 2020", "2022-02-01 04:05:06Z")]
    [InlineData("01 02 4:5:6 feb", "2002-02-01 04:05:06Z")]
    [InlineData("01-Jan-70 00:00:00", "1970-01-01 00:00:00Z")]
    [InlineData("01-Jan-69 00:00:00", "2069-01-01 00:00:00Z")]
    [InlineData("01-Jan-00 00:00:00", "2000-01-01 00:00:00Z")]
    [InlineData("01-Jan-99 00:00:00", "1999-01-01 00:00:00Z")]
    [InlineData("01-Jan-1601 00:00:00", "1601-01-01 00:00:00Z")]
    [InlineData("01-Jan-1600 00:00:00", null)]
    [InlineData("01-Jan-199 00:00:00", null)]
    [InlineData("31-Dec-9999 23:59:59", "9999-12-31 23:59:59Z")]
    [InlineData("29-Feb-2024 00:00:00", "2024-02-29 00:00:00Z")]
    [InlineData("29-Feb-2023 00:00:00", null)]
    [InlineData("00-Jan-2023 00:00:00", null)]
    [InlineData("1-Jan-2023 24:00:00", null)]
    [InlineData("1-Jan-2023 23:60:00", null)]
    [InlineData("1-Jan-2023 23:59:60", null)]
    [InlineData("1-Jan-2023 1:2:3", "2023-01-01 01:02:03Z")]
    [InlineData("1-Jan-2023 1:2:3x 9:9:9", "2023-01-01 01:02:03Z")]
    [InlineData("1-Jan-2023 1:2:345", null)]
    [InlineData("1-Jan-2023 1:2", null)]
    [InlineData("1st-JANUARY-2023AD 01:02:03", "2023-01-01 01:02:03Z")]
    [InlineData("٠١-Jan-2023 00:00:00", null)]
    [InlineData("", null)]
    [InlineData("::", null)]
    public void Dates_are_read_as_RFC_6265bis_does(string text, string? expected)
    {
        bool isDate = CookieDate.TryParse(text, out DateTimeOffset date);

        Assert.Equal(expected, isDate ? date.ToString("u", CultureInfo.InvariantCulture) : null);
    }
}
