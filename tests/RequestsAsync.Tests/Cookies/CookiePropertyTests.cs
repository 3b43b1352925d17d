using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class CookiePropertyTests
{
    private const string Host = "www.example.co.uk";
    private const string Url = $"https://{Host}/dir/page";

    private static readonly ManualTime Time = new();

    /// <summary>Text that is often nearly a Set-Cookie field: arbitrary strings alone never find the way to the attributes.</summary>
    private static readonly Arbitrary<string> Fields = Gen.OneOf(
        Gen.Elements(
            "a", "name", "=", ";", "; ", " ", "\t", "\"", ",", "é", "\ud83c\udf6a", "\ud800", "\u0000", "\n", "\u2028",
            "__Host-", "__secure-", "Path=", "/", "/dir", "/dir/page/deep", "Domain=", ".", "www.example.co.uk", "example.co.uk", "co.uk", "other.test",
            "Max-Age=", "-", "0", "60", "99999999999999999999", "Expires=", "Fri, 01 Jan 2027 00:00:00 GMT", "Thu, 01 Jan 1970",
            "Secure", "HttpOnly", "SameSite=Lax"),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""))
        .ListOf().Select(string.Concat).ToArbitrary();

    /// <summary>Text that is often nearly a date.</summary>
    private static readonly Arbitrary<string> Dates = Gen.OneOf(
        Gen.Elements(
            "1", "31", "29", "70", "2024", "9999", "99999", "Jan", "feb", "december", ":", "12:34:56", "24:00:00", "1:2:3x", " ", "-", "\u0665"),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""))
        .ListOf().Select(string.Concat).ToArbitrary();

    [Fact]
    public void Storing_never_throws_and_what_is_stored_comes_back() => Prop.ForAll(Fields, field =>
    {
        CookieJar jar = NewJar();
        bool isTaken = jar.SetFromHeader(Url, field);
        if (jar.SingleOrDefault() is not { } cookie) return !isTaken || SetCookieHasEnded(field);

        string expected = cookie.Name.Length == 0 ? cookie.Value : $"{cookie.Name}={cookie.Value}";
        return isTaken
            && jar.GetCookieHeader(isSecure: true, Host, cookie.Path) == expected
            && jar.GetCookieHeader(isSecure: true, "elsewhere.test", cookie.Path) is null;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_header_never_gets_what_would_split_it() => Prop.ForAll(Fields, field =>
    {
        CookieJar jar = NewJar();
        jar.SetFromHeader(Url, field);
        string header = jar.GetHeader(Url) ?? "";
        return header.All(c => c is '\t' or (>= ' ' and not '\u007f' and not ';'));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_a_date_never_throws_and_gives_one_of_a_cookie() =>
        Prop.ForAll(Dates, text => !CookieDate.TryParse(text, out DateTimeOffset date) || (date.Year > 1600 && date.Offset == TimeSpan.Zero))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_date_that_was_written_is_read() => Prop.ForAll(
        ArbMap.Default.ArbFor<DateTime>(),
        date => date.Year < 1601
            || (CookieDate.TryParse(date.ToString("R", System.Globalization.CultureInfo.InvariantCulture), out DateTimeOffset read)
                && read.DateTime == date.AddTicks(-(date.Ticks % TimeSpan.TicksPerSecond))))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Json_round_trips() => Prop.ForAll(Fields.Generator.ListOf().ToArbitrary(), fields =>
    {
        List<Cookie> cookies = [.. Stored(fields)];
        return JsonCookieFile.Read(JsonCookieFile.Write(cookies)).SequenceEqual(cookies);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Netscape_round_trips_what_it_can_hold() => Prop.ForAll(Fields.Generator.ListOf().ToArbitrary(), fields =>
    {
        List<Cookie> cookies = [.. Stored(fields).Where(cookie => !cookie.Name.Contains('\t') && !cookie.Path.Contains('\t'))];
        IEnumerable<Cookie> expected = cookies.Select(cookie => cookie with { Created = default, SameSite = default });
        return NetscapeCookieFile.Read(NetscapeCookieFile.Write(cookies)).SequenceEqual(expected);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_a_file_throws_nothing_but_the_documented_exception() => Prop.ForAll(Fields, text =>
    {
        foreach (CookieFileFormat format in new[] { CookieFileFormat.Netscape, CookieFileFormat.Json })
        {
            try
            {
                CookieFile.Parse("file", System.Text.Encoding.UTF8.GetBytes(text.Replace(';', '\t')), format);
            }
            catch (InvalidRequestException)
            {
                // The one that is promised.
            }
        }
    }).QuickCheckThrowOnFailure();

    private static bool SetCookieHasEnded(string field) =>
        SetCookie.TryParse(field, out SetCookie cookie) && (cookie.MaxAge <= 0 || cookie.Expires <= Time.Now);

    private static CookieJar Stored(IEnumerable<string> fields)
    {
        CookieJar jar = NewJar();
        foreach (string field in fields) jar.SetFromHeader(Url, field);
        return jar;
    }

    private static CookieJar NewJar() => new(new() { TimeProvider = Time });
}
