using System.Text;

namespace RequestsAsync.Testing.Tests;

public sealed class CassetteMatchTests : IDisposable
{
    private readonly CassetteFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("GET http://h/a?x=1&y=2", "GET http://h/a?y=2&x=1", true)]
    [InlineData("GET http://h/a?x=1&x=2", "GET http://h/a?x=2&x=1", false)]
    [InlineData("GET http://h/a?x=a+b", "GET http://h/a?x=a%20b", true)]
    [InlineData("GET http://h/a#one", "GET http://h/a#two", true)]
    [InlineData("GET http://H/a", "GET http://h:80/a", true)]
    [InlineData("GET http://h/a", "GET https://h/a", false)]
    [InlineData("GET http://h/a", "GET http://h:81/a", false)]
    [InlineData("GET http://h/a", "GET http://h/A", false)]
    [InlineData("GET http://h/a", "POST http://h/a", false)]
    [InlineData("GET http://h/a?token=one", "GET http://h/a?token=two", true)]
    [InlineData("GET http://h/a?token=one", "GET http://h/a", false)]
    [InlineData("POST http://h/ application/json {\"a\":1,\"b\":[1,2]}", "POST http://h/ application/json { \"b\": [1, 2], \"a\": 1 }", true)]
    [InlineData("POST http://h/ application/json {\"a\":\"\\u0061\"}", "POST http://h/ application/json {\"a\":\"a\"}", true)]
    [InlineData("POST http://h/ application/json {\"n\":[1.0,100,0.5,-0]}", "POST http://h/ application/json {\"n\":[1,1e2,5e-1,0]}", true)]
    [InlineData("POST http://h/ application/json 1e-9223372036854775808", "POST http://h/ application/json 1e-9223372036854775808", true)]
    [InlineData("POST http://h/ application/json 1", "POST http://h/ application/json 10", false)]
    [InlineData("POST http://h/ application/json 12345678901234567890.1", "POST http://h/ application/json 12345678901234567890.2", false)]
    [InlineData("POST http://h/ application/json 1", "POST http://h/ application/json \"1\"", false)]
    [InlineData("POST http://h/ application/json {\"a\":\"\\ud800\"}", "POST http://h/ application/json {\"a\":\"\\ud800\"}", true)]
    [InlineData("POST http://h/ application/x-www-form-urlencoded a=1%26b%3D2", "POST http://h/ application/x-www-form-urlencoded a=1&b=2", false)]
    [InlineData("POST http://h/ application/x-www-form-urlencoded a%3D1=2", "POST http://h/ application/x-www-form-urlencoded a=1%3D2", false)]
    [InlineData("POST http://h/ application/x-www-form-urlencoded a=%2526", "POST http://h/ application/x-www-form-urlencoded a=%26", false)]
    [InlineData("GET http://h/?a%3Db=c", "GET http://h/?a=b%3Dc", false)]
    [InlineData("GET http://h/?a=1%0A%20b%3D2", "GET http://h/?a=1&%20b=2", false)]
    [InlineData("POST http://h/ application/json [1,2]", "POST http://h/ application/json [2,1]", false)]
    [InlineData("POST http://h/ application/json {\"password\":\"one\"}", "POST http://h/ application/json {\"password\":\"two\"}", true)]
    [InlineData("POST http://h/ application/x-www-form-urlencoded a=1+2", "POST http://h/ application/x-www-form-urlencoded a=1%202", true)]
    [InlineData("POST http://h/ application/x-www-form-urlencoded a=1", "POST http://h/ application/x-www-form-urlencoded a=2", false)]
    [InlineData("POST http://h/ text/plain a", "POST http://h/ text/plain a", true)]
    [InlineData("POST http://h/ text/plain a", "POST http://h/ text/plain A", false)]
    [InlineData("POST http://h/ multipart/form-data;boundary=AAA --AAA\nx\n--AAA--", "POST http://h/ multipart/form-data;boundary=BBB --BBB\nx\n--BBB--", true)]
    public async Task A_request_matches_by_what_it_means(string recorded, string asked, bool matches)
    {
        await RecordAsync(new(), Message(recorded));
        await ExpectAsync(new(), asked, matches);
    }

    [Fact]
    public async Task Parts_can_be_left_out()
    {
        await RecordAsync(new(), Message("POST http://h/a?x=1 text/plain one"));
        await ExpectAsync(new() { Match = CassetteMatch.Method | CassetteMatch.Path }, "POST https://other/a?x=2 text/plain two", matches: true);
        await ExpectAsync(new() { Match = CassetteMatch.None }, "GET http://z/", matches: true);
        await ExpectAsync(new() { IgnoreQuery = ["t"] }, "POST http://h/a?x=1&t=99 text/plain one", matches: true);
        await ExpectAsync(new() { IgnoreQuery = ["t"] }, "POST http://h/a?x=2&t=99 text/plain one", matches: false);
    }

    [Fact]
    public async Task Header_fields_count_where_that_is_wanted()
    {
        HttpRequestMessage message = Message("GET http://h/");
        message.Headers.Add("Accept-Language", "de");
        await RecordAsync(new(), message);
        CassetteOptions options = new() { MatchHeaders = ["accept-language"] };
        await ExpectAsync(new(), "GET http://h/", matches: true);
        await ExpectAsync(options, "GET http://h/", matches: false);

        using HttpClient client = new(_folder.Replay(options)) { DefaultRequestHeaders = { { "Accept-Language", "de" } } };
        Assert.Equal("1", await client.GetStringAsync(new Uri("http://h/"), Token));
    }

    [Fact]
    public async Task A_predicate_has_the_last_word()
    {
        await RecordAsync(new(), Message("POST http://h/ text/plain one"), Message("POST http://h/ text/plain twofold"));
        CassetteOptions options = new()
        {
            Match = CassetteMatch.Url,
            Matches = static (recorded, asked) => recorded.Content.Length == asked.Content.Length,
        };
        using HttpClient client = new(_folder.Replay(options));
        Assert.Equal("2", await SendAsync(client, "POST http://h/ text/plain 1234567"));
        CassetteMissException miss = await Assert.ThrowsAsync<CassetteMissException>(() => SendAsync(client, "POST http://h/ text/plain 1234567"));
        Assert.Contains("Matches refuses", miss.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_entry_answers_once_in_order()
    {
        await RecordAsync(new(), Message("GET http://h/"), Message("GET http://h/"));
        using (HttpClient client = new(_folder.Replay()))
        {
            Assert.Equal("1", await SendAsync(client, "GET http://h/"));
            Assert.Equal("2", await SendAsync(client, "GET http://h/"));
            CassetteMissException miss = await Assert.ThrowsAsync<CassetteMissException>(() => SendAsync(client, "GET http://h/"));
            Assert.Contains("2 entries have answered already", miss.Message, StringComparison.Ordinal);
            Assert.Contains("AllowRepeats", miss.Message, StringComparison.Ordinal);
        }

        using HttpClient repeating = new(_folder.Replay(new() { AllowRepeats = true }));
        foreach (string text in (string[])["1", "2", "2"]) Assert.Equal(text, await SendAsync(repeating, "GET http://h/"));
    }

    [Fact]
    public async Task Concurrent_requests_have_the_same_answers_each_time()
    {
        await RecordAsync(new(), [.. Enumerable.Range(0, 200).Select(i => Message($"POST http://h/{i % 20} application/json {{\"n\":{i % 40}}}"))]);
        string[] first = await ReplayAllAsync();
        for (int round = 0; round < 5; round++) Assert.Equal(first, await ReplayAllAsync());

        // The n-th of its kind has the n-th answer, whatever the order of the kinds: what each kind gets together is the same.
        async Task<string[]> ReplayAllAsync()
        {
            using HttpClient client = new(_folder.Replay());
            int[] order = [.. Enumerable.Range(0, 200)];
            Random.Shared.Shuffle(order);
            string[] answers = new string[200];
            await Parallel.ForEachAsync(order, Token, async (i, _) => answers[i] = await SendAsync(client, $"POST http://h/{i % 20} application/json {{\"n\":{i % 40}}}"));
            return [.. Enumerable.Range(0, 40).Select(kind => string.Join(',', answers.Where((_, i) => i % 40 == kind).Order(StringComparer.Ordinal)))];
        }
    }

    [Fact]
    public async Task A_miss_names_the_nearest_entry_and_the_difference()
    {
        await RecordAsync(new(), Message("GET http://h/other"), Message("POST http://h/users?page=1 application/json {\"name\":\"ana\",\"tags\":[1,2],\"old\":true}"));
        using HttpClient client = new(_folder.Replay());
        CassetteMissException miss = await Assert.ThrowsAsync<CassetteMissException>(() => SendAsync(client, "POST http://h/users?page=2 application/json {\"name\":\"bob\",\"tags\":[1,3],\"new\":null}"));

        Assert.Contains("POST http://h/users?page=2 is not on the cassette", miss.Message, StringComparison.Ordinal);
        Assert.Contains("2 entries, 0 used", miss.Message, StringComparison.Ordinal);
        Assert.EndsWith("""
            Nearest is entry 2, POST http://h/users?page=1:
              query: page=2 was not recorded
              query: page=1 was recorded, and is not sent
              body: $.name is "bob", recorded "ana"
              body: $.new is null, and was not recorded
              body: $.tags[1] is 3, recorded 2
              body: $.old was recorded as true, and is not sent
            To record it: CassetteMode.RecordNew.
            """, miss.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_miss_passes_through_a_session_as_it_is()
    {
        await RecordAsync(new(), Message("GET http://h/a"));
        await using Session session = new(_folder.Replay(), new() { Retry = new() { Attempts = 3 } });
        CassetteMissException miss = await Assert.ThrowsAsync<CassetteMissException>(() => session.GetAsync("http://h/b", cancellationToken: Token));
        Assert.Contains("path: /b, recorded /a", miss.Message, StringComparison.Ordinal);
        Assert.Equal("http://h/b", miss.Request!.Url.ToString());
        Assert.Equal(1, miss.Attempts);
    }

    [Fact]
    public async Task What_nobody_asked_for_is_listed()
    {
        await RecordAsync(new(), Message("GET http://h/a"), Message("GET http://h/b"));
        Cassette cassette = _folder.Replay(new() { VerifyOnDispose = true });
        using HttpClient client = new(cassette, disposeHandler: false);
        await SendAsync(client, "GET http://h/b");
        CassetteUnusedException unused = Assert.Throws<CassetteUnusedException>(cassette.Verify);
        Assert.Contains("1 of 2 entries", unused.Message, StringComparison.Ordinal);
        Assert.Contains("entry 1, GET http://h/a", unused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CassetteUnusedException>(async () => await cassette.DisposeAsync());
        Assert.Throws<CassetteUnusedException>(_folder.Replay(new() { VerifyOnDispose = true }).Dispose);
    }

    private async Task RecordAsync(CassetteOptions options, params HttpRequestMessage[] messages)
    {
        using HttpClient client = new(_folder.Record(static call => Reply.Text($"{call.Number}"), options));
        foreach (HttpRequestMessage message in messages) (await client.SendAsync(message, Token)).Dispose();
    }

    private async Task ExpectAsync(CassetteOptions options, string asked, bool matches)
    {
        using HttpClient client = new(_folder.Replay(options));
        if (matches) Assert.Equal("1", await SendAsync(client, asked));
        else await Assert.ThrowsAsync<CassetteMissException>(() => SendAsync(client, asked));
    }

    private static async Task<string> SendAsync(HttpClient client, string description)
    {
        using HttpResponseMessage response = await client.SendAsync(Message(description), Token);
        return await response.Content.ReadAsStringAsync(Token);
    }

    private static HttpRequestMessage Message(string description)
    {
        string[] parts = description.Split(' ', 4);
        HttpRequestMessage message = new(new HttpMethod(parts[0]), parts[1]);
        if (parts.Length < 3) return message;

        message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(parts[3]));
        message.Content.Headers.TryAddWithoutValidation("Content-Type", parts[2]);
        return message;
    }
}
