namespace RequestsAsync.Tests;

public sealed class CookieFileTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("cookies").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("jar.txt", CookieFileFormat.ByExtension, "# Netscape HTTP Cookie File")]
    [InlineData("jar", CookieFileFormat.ByExtension, "# Netscape HTTP Cookie File")]
    [InlineData("jar.JSON", CookieFileFormat.ByExtension, "{")]
    [InlineData("jar.txt", CookieFileFormat.Json, "{")]
    [InlineData("jar.json", CookieFileFormat.Netscape, "# Netscape HTTP Cookie File")]
    public async Task The_format_follows_the_name_unless_given(string name, CookieFileFormat format, string firstLine)
    {
        string path = Path.Combine(_folder, name);
        CookieJar jar = Sample();

        jar.Save(path, format);
        Assert.Equal(firstLine, File.ReadLines(path).First());
        Assert.Equal(jar.GetHeader("https://www.example.com/"), Load(path, format).GetHeader("https://www.example.com/"));

        jar.Set("more", "1", "www.example.com");
        await jar.SaveAsync(path, format);
        CookieJar loaded = await CookieJar.LoadAsync(path, format, new() { TimeProvider = _time });
        Assert.Equal(jar.GetHeader("https://www.example.com/"), loaded.GetHeader("https://www.example.com/"));
    }

    [Fact]
    public void Json_keeps_everything()
    {
        CookieJar jar = Sample();
        string path = Path.Combine(_folder, "jar.json");
        jar.Save(path);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(jar, Load(path));
    }

    [Fact]
    public void Netscape_lines_are_those_of_curl()
    {
        CookieJar jar = new(new() { TimeProvider = _time });
        jar.Set(new Cookie("a", "1", "example.com")
        {
            IsSecure = true,
            IsHttpOnly = true,
            Expires = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000),
        });
        jar.Set("", "x\ty", ".example.com", "/deep");
        jar.Set("tab\tname", "does not fit", "example.com");
        string path = Path.Combine(_folder, "cookies.txt");
        jar.Save(path);

        Assert.Equal(
            "#HttpOnly_example.com\tFALSE\t/\tTRUE\t1790000000\ta\t1\n.example.com\tTRUE\t/deep\tFALSE\t0\t\tx\ty",
            string.Join('\n', File.ReadLines(path).Skip(3)));
        Assert.Equal(jar.Where(cookie => cookie.Name != "tab\tname"), Load(path));
    }

    [Fact]
    public void Netscape_files_of_others_are_read()
    {
        string path = Write(
            "cookies.txt",
            "\ufeff# comment\r\n\r\n  \n",
            "example.com\ttrue\t/\tfalse\t1790000000.75\ta\t1\r\n", // no dot, small letters, a fraction, a carriage return
            ".example.com\tTRUE\t/\tFALSE\t\tb\n", // no expiry, and an editor took the last tab away
            "example.com\tFALSE\t/\tFALSE\t1\tgone\t1\n",
            ".co.uk\tTRUE\t/\tFALSE\t0\tsuper\t1\n",
            "example.com\tFALSE\t/\tFALSE\t0\t__Secure-c\tnot secure\n",
            "127.0.0.1\tTRUE\t/\tFALSE\t0\td\tx\u0085\u2028y");

        CookieJar jar = Load(path);

        Assert.Equal("a b d", string.Join(' ', jar.Select(cookie => cookie.Name)));
        Assert.Equal("a=1; b=", jar.GetHeader("http://www.example.com/"));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000), jar.Find("a")?.Expires);
        Assert.Equal("x\u0085\u2028y", jar["d"]);
        Assert.True(jar.Find("d")?.IsHostOnly);
    }

    [Theory]
    [InlineData("example.com\tFALSE\t/\tFALSE\t0", "line 2: 7 columns")]
    [InlineData("example.com FALSE / FALSE 0 a 1", "line 2: 7 columns")]
    [InlineData("example.com\tyes\t/\tFALSE\t0\ta\t1", "line 2: 'yes'")]
    [InlineData("example.com\tTRUE\t/\tFALSE\tsoon\ta\t1", "line 2: 'soon'")]
    [InlineData("example.com\tTRUE\trelative\tFALSE\t0\ta\t1", "line 2: The cookie path")]
    [InlineData("example.com\tTRUE\t/\tFALSE\t0\ta\t1;2", "line 2: The cookie value")]
    [InlineData("#HttpOnly_", "line 2: 7 columns")]
    public void A_damaged_line_is_named(string line, string message)
    {
        string path = Write("cookies.txt", "# fine\n", line);

        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => Load(path));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is no JSON")]
    [InlineData("[]", "'cookies'")]
    [InlineData("""{"cookies":{}}""", "'cookies'")]
    [InlineData("""{"cookies":[7]}""", "cookie 1")]
    [InlineData("""{"cookies":[{"name":"a"}]}""", "cookie 1 of the list: it has no text called 'value'")]
    [InlineData("""{"cookies":[{"name":"a","value":"1","domain":"example.com","path":"/"},{"name":"a","value":1}]}""", "cookie 2")]
    [InlineData("""{"cookies":[{"name":"a","value":"\ud800","domain":"example.com","path":"/"}]}""", "cookie 1")]
    [InlineData("""{"cookies":[{"name":"a","value":"1","domain":"example.com","path":"/","secure":"yes"}]}""", "cookie 1")]
    [InlineData("""{"cookies":[{"name":"a","value":"1","domain":"example.com","path":"/","expires":"soon"}]}""", "cookie 1")]
    [InlineData("""{"cookies":[{"name":"a","value":"1","domain":"example.com","path":"/","sameSite":"maybe"}]}""", "'maybe'")]
    public void Damaged_json_is_named(string json, string message)
    {
        string path = Write("cookies.json", json);

        Assert.Contains(message, Assert.Throws<InvalidRequestException>(() => Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Session_cookies_can_be_left_out()
    {
        string path = Path.Combine(_folder, "jar.json");
        Sample().Save(path, includeSessionCookies: false);

        Assert.All(Load(path), cookie => Assert.NotNull(cookie.Expires));
        Assert.NotEmpty(Load(path));
    }

    [Fact]
    public void A_saved_jar_is_its_owners_alone_and_leaves_nothing_beside_it()
    {
        string path = Path.Combine(_folder, "jar.json");
        File.WriteAllText(path, "old");

        Sample().Save(path);

        Assert.Equal([path], Directory.GetFiles(_folder));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task What_the_disk_refuses_is_a_typed_error_and_leaves_nothing_behind()
    {
        string missing = Path.Combine(_folder, "no", "jar.json");
        string taken = Path.Combine(_folder, "taken.json");
        Directory.CreateDirectory(taken);

        Assert.Throws<InvalidRequestException>(() => CookieJar.Load(missing));
        await Assert.ThrowsAsync<InvalidRequestException>(() => CookieJar.LoadAsync(missing));
        Assert.Throws<InvalidRequestException>(() => Sample().Save(missing));
        Assert.Throws<InvalidRequestException>(() => Sample().Save(taken));
        await Assert.ThrowsAsync<InvalidRequestException>(() => Sample().SaveAsync(taken));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_cancelled_save_leaves_the_old_file()
    {
        string path = Write("jar.json", "old");

        CancellationToken cancelled = new(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sample().SaveAsync(path, cancellationToken: cancelled));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    private CookieJar Sample()
    {
        CookieJar jar = new(new() { TimeProvider = _time });
        jar.SetFromHeader("https://www.example.com/", "session=é\"x\"");
        jar.SetFromHeader("https://www.example.com/", "long=1; Max-Age=1000; Domain=example.com; Secure; HttpOnly; SameSite=Lax");
        jar.SetFromHeader("https://www.example.com/", "=nameless");
        return jar;
    }

    private CookieJar Load(string path, CookieFileFormat format = CookieFileFormat.ByExtension) =>
        CookieJar.Load(path, format, new() { TimeProvider = _time });

    private string Write(string name, params ReadOnlySpan<string> parts)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, string.Concat(parts));
        return path;
    }
}
