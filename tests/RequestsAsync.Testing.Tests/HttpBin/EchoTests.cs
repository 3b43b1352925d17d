using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace RequestsAsync.Testing.Tests;

public class EchoTests(BinFixture bin)
{
    public static TheoryData<string, string> Queries => new()
    {
        { "", "{}" },
        { "?a=1", """{"a":"1"}""" },
        { "?b=2&a=1&b=3", """{"a":"1","b":["2","3"]}""" },
        { "?a=1&A=2", """{"A":"2","a":"1"}""" },
        { "?a=b%20c&d=e+f&%7e=%C3%A9", """{"a":"b c","d":"e f","~":"é"}""" },
        { "?z&=v&&q==&p=%", """{"":"v","p":"%","q":"=","z":""}""" },
        { "?a=%FF&b=%zz", """{"a":"\uFFFD","b":"%zz"}""" },
    };

    public static TheoryData<string, string, string, string> Bodies => new()
    {
        // content type, body, member, value
        { "application/x-www-form-urlencoded", "a=1&b=x+y&a=2", "form", """{"a":["1","2"],"b":"x y"}""" },
        { "application/x-www-form-urlencoded; charset=utf-8", "a=1", "data", "\"\"" },
        { "Application/X-WWW-Form-Urlencoded", "a=1", "json", "null" },
        { "text/plain", "hello é", "data", "\"hello é\"" },
        { "text/plain", "hello", "json", "null" },
        { "text/plain", "[1]", "json", "[1]" },
        { "text/plain", "a=1", "form", "{}" },
        { "application/json", """{"b":1,"a":[1,2.50,"\ud800"]}""", "json", """{"b":1,"a":[1,2.50,"\ud800"]}""" },
        { "application/json", "{\"b\":", "json", "null" },
        { "application/json", "{\"b\":", "data", "\"{\\\"b\\\":\"" },
        { "nonsense", "x", "data", "\"x\"" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Args_show_the_query(string query, string args)
    {
        foreach (HttpClient client in bin.Clients)
        {
            JsonElement json = await BinFixture.JsonAsync(await client.GetAsync("/get" + query));
            AssertJson(args, json.GetProperty("args"));
        }
    }

    [Fact]
    public async Task Url_shows_what_was_on_the_wire()
    {
        foreach (HttpClient client in bin.Clients)
        {
            JsonElement json = await BinFixture.JsonAsync(await client.GetAsync("/anything/a%20b/%2F/%C3%A9?q=%2f+x"));
            string origin = client.BaseAddress!.GetLeftPart(UriPartial.Authority);
            Assert.Equal(origin + "/anything/a%20b/%2F/%C3%A9?q=%2f+x", json.GetProperty("url").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_is_shown_by_its_type(string type, string body, string member, string value)
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            JsonElement json = await BinFixture.JsonAsync(await client.PostAsync("/post", content));
            AssertJson(value, json.GetProperty(member));
        }
    }

    [Theory]
    [InlineData("POST", "/post", "args data files form headers json origin url")]
    [InlineData("PUT", "/put", "args data files form headers json origin url")]
    [InlineData("PATCH", "/patch", "args data files form headers json origin url")]
    [InlineData("DELETE", "/delete", "args data files form headers json origin url")]
    [InlineData("GET", "/get", "args headers origin url")]
    [InlineData("GET", "/cache", "args headers origin url")]
    [InlineData("GET", "/cache/3", "args headers origin url")]
    [InlineData("GET", "/etag/x", "args headers origin url")]
    [InlineData("GET", "/anything", "args data files form headers json method origin url")]
    [InlineData("QUERY", "/anything/x", "args data files form headers json method origin url")]
    [InlineData("TRACE", "/anything", "args data files form headers json method origin url")]
    [InlineData("PUT", "/delay/0", "args data files form headers json method origin url")]
    [InlineData("GET", "/headers", "headers")]
    [InlineData("GET", "/ip", "origin")]
    [InlineData("GET", "/user-agent", "user-agent")]
    [InlineData("GET", "/cookies", "cookies")]
    [InlineData("GET", "/uuid", "uuid")]
    public async Task An_answer_has_these_members(string method, string path, string members)
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var message = BinFixture.Message(method, path);
            JsonElement json = await BinFixture.JsonAsync(await client.SendAsync(message));
            Assert.Equal(members, string.Join(' ', json.EnumerateObject().Select(static member => member.Name)));
            if (json.TryGetProperty("method", out JsonElement shown)) Assert.Equal(method, shown.GetString());
        }
    }

    [Fact]
    public async Task A_form_with_files_is_taken_apart()
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent("1"), "a" },
                { new StringContent("é"), "a" },
                { new StringContent("text\n"), "text", "x.txt" },
                { new ByteArrayContent([0, 255]) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "pictures", "é.png" },
                { new ByteArrayContent([1, 254]), "pictures", "2.png" },
            };
            JsonElement json = await BinFixture.JsonAsync(await client.PostAsync("/post", form));
            AssertJson("""{"a":["1","é"]}""", json.GetProperty("form"));
            AssertJson(
                """{"pictures":["data:image/png;base64,AP8=","data:application/octet-stream;base64,Af4="],"text":"text\n"}""",
                json.GetProperty("files"));
            Assert.Equal("", json.GetProperty("data").GetString());
        }
    }

    [Theory]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=\"\"", "x")]
    [InlineData("multipart/form-data; boundary=b", "x")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nunfinished")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nno header\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n")]
    public async Task A_broken_form_is_a_400(string type, string body)
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var content = new StringContent(body);
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var response = await client.PostAsync("/anything", content);
            Assert.Equal(400, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task Binary_data_becomes_a_data_url()
    {
        using var content = new ByteArrayContent([0x80, 0x81]) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        JsonElement json = await BinFixture.JsonAsync(await bin.Socket.PostAsync("/post", content));
        Assert.Equal("data:application/octet-stream;base64,gIE=", json.GetProperty("data").GetString());
    }

    [Fact]
    public async Task A_large_body_of_unknown_length_comes_back()
    {
        using var content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes(new string('x', 3_000_000))));
        using var message = BinFixture.Message("PUT", "/put");
        message.Content = content;
        message.Headers.TransferEncodingChunked = true;
        JsonElement json = await BinFixture.JsonAsync(await bin.Socket.SendAsync(message));
        Assert.Equal(3_000_000, json.GetProperty("data").GetString()!.Length);
    }

    [Fact]
    public async Task More_than_an_answer_can_show_is_a_413()
    {
        using var content = new ByteArrayContent([]);
        content.Headers.ContentLength = 101L * 1024 * 1024;
        using var message = BinFixture.Message("POST", "/post");
        message.Content = content;
        message.Headers.ExpectContinue = true;
        using var response = await bin.Socket.SendAsync(message);
        Assert.Equal(413, (int)response.StatusCode);
    }

    [Fact]
    public async Task Headers_are_in_title_case_joined_and_without_those_of_proxies()
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var message = BinFixture.Message(
                "GET", "/headers", ("x-b3-TRACEID", "1"), ("X-B3-TraceId", "2"), ("Via", "1.1 a"), ("X-Forwarded-For", "9.9.9.9"));
            JsonElement headers = (await BinFixture.JsonAsync(await client.SendAsync(message))).GetProperty("headers");
            Assert.Equal("1,2", headers.GetProperty("X-B3-Traceid").GetString()!.Replace(", ", ","));
            Assert.Equal(client.BaseAddress!.Authority, headers.GetProperty("Host").GetString());
            Assert.False(headers.TryGetProperty("Via", out _));
            Assert.False(headers.TryGetProperty("X-Forwarded-For", out _));
        }

        using var shown = BinFixture.Message("GET", "/headers?show_env=1", ("Via", "1.1 a"));
        JsonElement all = (await BinFixture.JsonAsync(await bin.Socket.SendAsync(shown))).GetProperty("headers");
        Assert.Equal("1.1 a", all.GetProperty("Via").GetString());
    }

    [Fact]
    public async Task Proxies_tell_origin_and_scheme()
    {
        using var message = BinFixture.Message("GET", "/get", ("X-Forwarded-For", "9.9.9.9, 8.8.8.8"), ("X-Forwarded-Proto", "https"));
        JsonElement json = await BinFixture.JsonAsync(await bin.Socket.SendAsync(message));
        Assert.Equal("9.9.9.9, 8.8.8.8", json.GetProperty("origin").GetString());
        Assert.Equal(bin.Url.Replace("http:", "https:") + "/get", json.GetProperty("url").GetString());
        foreach (HttpClient client in bin.Clients)
            Assert.Equal("127.0.0.1", (await BinFixture.JsonAsync(await client.GetAsync("/ip"))).GetProperty("origin").GetString());
    }

    [Fact]
    public async Task User_agent_is_null_without_one()
    {
        JsonElement json = await BinFixture.JsonAsync(await bin.Socket.GetAsync("/user-agent"));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("user-agent").ValueKind);
        using var message = BinFixture.Message("GET", "/user-agent", ("User-Agent", "a/1 (b)"));
        json = await BinFixture.JsonAsync(await bin.Socket.SendAsync(message));
        Assert.Equal("a/1 (b)", json.GetProperty("user-agent").GetString());
    }

    [Theory]
    [InlineData("a=1; b=2", """{"a":"1","b":"2"}""")]
    [InlineData("a=\"b c\"; a=2; c; d=x%20y; e=\"q\\054\\\"z\"", """{"a":"b c","c":"","d":"x%20y","e":"q,\"z"}""")]
    [InlineData("a=b=c;;", """{"a":"b=c"}""")]
    [InlineData("a=\"; b=\"x\\", "{\"a\":\"\\\"\",\"b\":\"\\\"x\\\\\"}")]
    public async Task Cookies_are_shown(string cookies, string expected)
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var message = BinFixture.Message("GET", "/cookies", ("Cookie", cookies));
            JsonElement json = await BinFixture.JsonAsync(await client.SendAsync(message));
            AssertJson(expected, json.GetProperty("cookies"));
        }
    }

    [Fact]
    public async Task Response_headers_shows_what_it_sends_with_its_own_length()
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var response = await client.PostAsync("/response-headers?b=1&a=x&b=2&Content-Type=text/plain", content: null);
            byte[] body = await response.Content.ReadAsByteArrayAsync();
            JsonElement json = JsonDocument.Parse(body).RootElement;
            Assert.Equal(body.Length.ToString(), json.GetProperty("Content-Length").GetString());
            AssertJson("""["application/json","text/plain"]""", json.GetProperty("Content-Type"));
            AssertJson("""["1","2"]""", json.GetProperty("b"));
            Assert.Equal("1 | 2", BinFixture.Header(response, "b"));
        }
    }

    private static void AssertJson(string expected, JsonElement actual)
    {
        using var parsed = JsonDocument.Parse(expected);
        if (expected.Contains("\\ud800", StringComparison.Ordinal)) Assert.Equal(expected, actual.GetRawText());
        else Assert.True(JsonElement.DeepEquals(parsed.RootElement, actual), actual.GetRawText());
    }
}
