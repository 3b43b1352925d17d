namespace RequestsAsync.Tests;

/// <summary>Small rules of preparation and of hops, each once found broken.</summary>
public sealed class PrecedenceTests(BinFixture bin)
{
    [Fact]
    public async Task A_cookie_of_the_request_replaces_the_jar_s_of_that_name()
    {
        string? sent = null;
        await using Session session = new(new MemoryHandler(message =>
        {
            sent = message.Headers.GetValues("Cookie").Single();
            return MemoryHandler.Ok();
        }));
        session.Cookies.Set("theme", "light", "h");
        session.Cookies.Set("sid", "1", "h");

        await session.GetAsync("http://h/", new() { Cookies = { ["theme"] = "dark", ["list[0]"] = "x" } });

        Assert.Equal("sid=1; theme=dark; list[0]=x", sent);
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.GetAsync("http://h/", new() { Cookies = { ["a"] = "1" }, Headers = { ["Cookie"] = "b=2" } }));
    }

    [Fact]
    public async Task Several_values_of_a_content_field_are_all_sent()
    {
        string[] sent = [];
        await using Session session = new(new MemoryHandler(message =>
        {
            sent = [.. message.Content!.Headers.GetValues("Content-Language")];
            return MemoryHandler.Ok();
        }));
        RequestOptions options = new() { Content = "x" };
        options.Headers.Add("Content-Language", "en");
        options.Headers.Add("Content-Language", "de");

        await session.PostAsync("http://h/", options);

        Assert.Equal(["en", "de"], sent);
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("GET", 304)]
    public async Task Where_no_body_can_be_its_length_is_no_limit(string method, int status)
    {
        await using FaultyServer server = FaultyServer.Start($"HTTP/1.1 {status} X\r\nContent-Length: 5000000000\r\nConnection: close\r\n\r\n");
        await using Session session = new();
        Response response = await session.SendAsync(method, server.Url);
        Assert.Equal(0, response.Content.Length);
        Assert.Equal("5000000000", response.Headers["Content-Length"]);
    }

    [Theory]
    [InlineData("Content-Length: 30\r\n\r\n123456789012345678901234567890")]
    [InlineData("Content-Length: 5\r\nContent-Encoding: gzip\r\n\r\nwrong")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    public async Task The_body_of_a_redirect_never_fails_the_call(string rest)
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            while (await connection.ReadHeadAsync() is { Head: var head })
            {
                await connection.WriteAsync(head.StartsWith("GET /end", StringComparison.Ordinal)
                    ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                    : "HTTP/1.1 302 Found\r\nLocation: /end\r\n" + rest);
            }
        });
        await using Session session = new(new() { MaxResponseBytes = 10 });

        Response response = await session.GetAsync(server.Url + "/start");

        Assert.Equal("ok", response.Text);
        if (rest.Contains("hello", StringComparison.Ordinal)) Assert.Equal("hello", response.History[0].Text);
    }

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task Hooks_may_read_the_body(bool awaited)
    {
        List<string> seen = [];
        await using Session session = new(new()
        {
            Hooks =
            {
                OnRedirect = (response, _) => Note(response),
                OnResponse = (response, _) => Note(response),
            },
        });

        Response response = await session.SendAsync(awaited, "GET", bin.Url + "/redirect/1");

        Assert.Equal(["302", "200"], seen);
        Assert.Contains("\"url\"", response.Text, StringComparison.Ordinal);

        ValueTask Note(Response answer)
        {
            Assert.Throws<BodyNotReadException>(() => answer.Text);
            answer.Read();
            Assert.NotEmpty(answer.Text);
            seen.Add($"{answer.StatusCode}");
            return default;
        }
    }

    [Fact]
    public async Task What_a_redirect_asks_for_is_checked_like_any_other_request()
    {
        await using Session session = new();
        Response redirect = await session.GetAsync(bin.Url + "/redirect-to?url=/headers", new() { FollowRedirects = false });

        await Assert.ThrowsAsync<InvalidRequestException>(() => session.SendAsync(redirect.NextRequest!.With(options => options.Headers["X"] = "a\r\nEvil: 1")));
        Assert.Throws<InvalidRequestException>(() => redirect.NextRequest!.With(options => options.Files["a"] = "x"u8.ToArray()));
        Response next = await session.SendAsync(redirect.NextRequest!.With(options =>
        {
            options.Headers["X-More"] = "1";
            options.Cookies["c"] = "2";
        }));
        System.Text.Json.JsonElement headers = next.Json().GetProperty("headers");
        Assert.Equal("1", headers.GetProperty("X-More").GetString());
        Assert.Equal("c=2", headers.GetProperty("Cookie").GetString());
    }

    [Theory]
    [InlineData("http://a..b/")]
    [InlineData("http://*.x/")]
    [InlineData("ws://h/")]
    public async Task A_location_that_no_request_can_go_to_is_a_redirect_error(string location)
    {
        await using Session session = new(new MemoryHandler(_ =>
        {
            HttpResponseMessage answer = new(System.Net.HttpStatusCode.Found);
            answer.Headers.TryAddWithoutValidation("Location", location);
            return answer;
        }));
        await Assert.ThrowsAsync<RedirectException>(() => session.GetAsync("http://h/"));
    }

    [Fact]
    public async Task Too_many_redirects_show_no_password()
    {
        await using Session session = new(
            new MemoryHandler(_ =>
            {
                HttpResponseMessage answer = new(System.Net.HttpStatusCode.Found);
                answer.Headers.TryAddWithoutValidation("Location", "http://u:hunter2@h/");
                return answer;
            }),
            new() { MaxRedirects = 1 });
        TooManyRedirectsException e = await Assert.ThrowsAsync<TooManyRedirectsException>(() => session.GetAsync("http://h/"));
        Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_credentials_means_none_on_every_hop_and_netrc_is_opt_in()
    {
        string netrc = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(netrc, "machine one login u password p\nmachine two login u password p\n");
            List<bool> sent = [];
            MemoryHandler handler = new(message =>
            {
                sent.Add(message.Headers.Contains("Authorization"));
                HttpResponseMessage answer = message.RequestUri!.Host == "one" ? new(System.Net.HttpStatusCode.Found) : MemoryHandler.Ok();
                answer.Headers.TryAddWithoutValidation("Location", "http://two/");
                return answer;
            });
            await using Session session = new(handler, new() { Auth = Auth.Netrc(netrc) });

            await session.GetAsync("http://one/", new() { Auth = Auth.None });
            await session.GetAsync("http://one/");

            Assert.Equal([false, false, true, true], sent);
        }
        finally
        {
            File.Delete(netrc);
        }
    }

    [Fact]
    public async Task A_body_that_ends_early_is_noticed_over_any_handler()
    {
        await using Session session = new(new MemoryHandler(_ =>
        {
            HttpResponseMessage answer = MemoryHandler.Ok(new byte[3]);
            answer.Content.Headers.ContentLength = 10;
            return answer;
        }));
        ConnectionLostException e = await Assert.ThrowsAsync<ConnectionLostException>(() => session.GetAsync("http://h/"));
        Assert.Contains("3 of 10", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_sends_twice_does_not_send_an_empty_body()
    {
        await using Session session = new(new MemoryHandler(async (message, ct) =>
        {
            await message.Content!.CopyToAsync(Stream.Null, ct);
            await message.Content.CopyToAsync(Stream.Null, ct);
            return MemoryHandler.Ok();
        }));
        await Assert.ThrowsAsync<BodyConsumedException>(() => session.PostAsync("http://h/", new() { Content = Body.FromAsyncStream(Chunks()) }));

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks()
        {
            await Task.Yield();
            yield return new byte[3];
        }
    }

    [Fact]
    public async Task A_float_keeps_its_digits() =>
        Assert.Equal("/?f=0.1", (await new Session(new MemoryHandler(_ => MemoryHandler.Ok())).GetAsync("http://h/", new() { Query = { ["f"] = 0.1f } })).Url.PathAndQuery);
}
