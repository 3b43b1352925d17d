namespace RequestsAsync.Tests;

public sealed class SetCookieTests
{
    [Theory]
    [InlineData("a=1", "a", "1")]
    [InlineData("  a \t=\t 1  ; Path=/", "a", "1")]
    [InlineData("a=", "a", "")]
    [InlineData("a=b=c", "a", "b=c")]
    [InlineData("a==", "a", "=")]
    [InlineData("a=\"b c\"", "a", "\"b c\"")]
    [InlineData("a=b, c=d", "a", "b, c=d")]
    [InlineData("value", "", "value")]
    [InlineData("=value", "", "value")]
    [InlineData("=a=b", "", "a=b")]
    [InlineData("a=x\ty", "a", "x\ty")]
    [InlineData("naïve=日本", "naïve", "日本")]
    public void Name_and_value_are_trimmed_and_nothing_else(string field, string name, string value)
    {
        Assert.True(SetCookie.TryParse(field, out SetCookie cookie));
        Assert.Equal(name, cookie.Name.ToString());
        Assert.Equal(value, cookie.Value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("=")]
    [InlineData("; Path=/")]
    [InlineData("a=1\u0000")]
    [InlineData("a=1; Path=/\u0001")]
    [InlineData("a=1\r\nb=2")]
    [InlineData("a=\u007f")]
    public void What_sets_no_cookie_is_refused(string field) => Assert.False(SetCookie.TryParse(field, out _));

    [Fact]
    public void Half_a_surrogate_pair_is_refused_since_it_cannot_be_sent_back()
    {
        Assert.False(SetCookie.TryParse("a=\ud800", out _));
        Assert.True(SetCookie.TryParse("a=\ud83c\udf6a", out _));
    }

    [Theory]
    [InlineData("t", 4095, true)]
    [InlineData("t", 4096, false)]
    [InlineData("", 4096, true)]
    [InlineData("", 4097, false)]
    [InlineData("é", 4094, true)]
    [InlineData("é", 4095, false)]
    public void Name_and_value_share_4096_bytes(string name, int valueLength, bool isTaken) =>
        Assert.Equal(isTaken, SetCookie.TryParse($"{name}={new string('v', valueLength)}", out _));

    [Theory]
    [InlineData("a=1; Domain=one.test; Domain=two.test", "two.test")]
    [InlineData("a=1; domain = .one.test ", ".one.test")]
    [InlineData("a=1; Domain=one.test; Domain=", "")]
    [InlineData("a=1; Domain", "")]
    public void The_last_Domain_wins_even_empty(string field, string domain)
    {
        Assert.True(SetCookie.TryParse(field, out SetCookie cookie));
        Assert.Equal(domain, cookie.Domain.ToString());
    }

    [Theory]
    [InlineData("a=1; Path=/x", "/x", true)]
    [InlineData("a=1; Path=/x; path=/y", "/y", true)]
    [InlineData("a=1; Path=/x; Path=y", "", true)]
    [InlineData("a=1; Path=\"/x\"", "", true)]
    [InlineData("a=1; Path", "", true)]
    [InlineData("a=1", "", false)]
    public void The_last_Path_wins_and_a_relative_one_means_the_default(string field, string path, bool hasPath)
    {
        Assert.True(SetCookie.TryParse(field, out SetCookie cookie));
        Assert.Equal(path, cookie.Path.ToString());
        Assert.Equal(hasPath, cookie.HasPath);
    }

    [Theory]
    [InlineData("60", 60L)]
    [InlineData("-1", -1L)]
    [InlineData("0", 0L)]
    [InlineData("99999999999999999999999", long.MaxValue)]
    [InlineData("-99999999999999999999999", -long.MaxValue)]
    [InlineData("", null)]
    [InlineData("-", null)]
    [InlineData("+5", null)]
    [InlineData("5.5", null)]
    [InlineData("\"5\"", null)]
    [InlineData("٥", null)]
    public void Max_Age_is_a_whole_number_or_is_not_there(string text, long? seconds)
    {
        Assert.True(SetCookie.TryParse($"a=1; Max-Age={text}", out SetCookie cookie));
        Assert.Equal(seconds, cookie.MaxAge);
    }

    [Fact]
    public void A_bad_Max_Age_or_Expires_does_not_undo_a_good_one_before_it()
    {
        const string Field = "a=1; Max-Age=5; Max-Age=x; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Expires=never";
        Assert.True(SetCookie.TryParse(Field, out SetCookie cookie));
        Assert.Equal(5, cookie.MaxAge);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), cookie.Expires);
    }

    [Theory]
    [InlineData("a=1; SECURE; httponly; SameSite=lax", true, true, CookieSameSite.Lax)]
    [InlineData("a=1; Secure=no; HttpOnly=0; SameSite=STRICT", true, true, CookieSameSite.Strict)]
    [InlineData("a=1; SameSite=None", false, false, CookieSameSite.None)]
    [InlineData("a=1; SameSite=Strict; SameSite=what", false, false, CookieSameSite.Default)]
    [InlineData("a=1; Secure me; Http Only", false, false, CookieSameSite.Default)]
    public void Flags_are_read_whatever_their_value(string field, bool isSecure, bool isHttpOnly, CookieSameSite sameSite)
    {
        Assert.True(SetCookie.TryParse(field, out SetCookie cookie));
        Assert.Equal((isSecure, isHttpOnly, sameSite), (cookie.IsSecure, cookie.IsHttpOnly, cookie.SameSite));
    }

    [Fact]
    public void An_attribute_over_1024_bytes_is_ignored()
    {
        string longest = "/" + new string('a', 1023);
        Assert.True(SetCookie.TryParse($"a=1; Path={longest}", out SetCookie taken));
        Assert.Equal(longest, taken.Path.ToString());

        Assert.True(SetCookie.TryParse($"a=1; Path=/kept; Path={longest}a", out SetCookie ignored));
        Assert.Equal("/kept", ignored.Path.ToString());
    }
}
