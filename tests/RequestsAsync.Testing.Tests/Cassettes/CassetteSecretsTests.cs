using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace RequestsAsync.Testing.Tests;

public sealed class CassetteSecretsTests : IDisposable
{
    private readonly CassetteFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_planted_secret_is_in_the_file()
    {
        string[] kinds = await PlantAsync(new() { SecretNames = ["x-own"], IsSecret = static (name, value) => name == "odd" && value.StartsWith("PLANTED", StringComparison.Ordinal), Redact = static text => text.Replace("PLANTED-path-31", "[path]", StringComparison.Ordinal) });

        string text = FileAndBytes();
        Assert.True(kinds.Length >= 30);
        string[] leaked = [.. kinds.Where(kind => text.Contains(kind, StringComparison.Ordinal))];
        Assert.Empty(leaked);
        foreach (string plain in (string[])["ana", "\"token_type\\\":\\\"Bearer", "total_tokens\\\":42", "theme=[redacted]; Path=/; HttpOnly", "page=2", "not-secret-part"])
            Assert.Contains(plain, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_hidden_is_kept_where_that_is_wanted()
    {
        string[] kinds = await PlantAsync(new() { KeepsSecrets = true });
        string text = FileAndBytes();
        string[] hidden = [.. kinds.Where(kind => !text.Contains(kind, StringComparison.Ordinal))];
        Assert.Empty(hidden);
    }

    [Fact]
    public async Task A_hidden_file_answers_other_secrets()
    {
        await PlantAsync(new());
        using HttpClient client = new(_folder.Replay());
        foreach (HttpRequestMessage message in Messages(suffix: "-of-tomorrow", []))
        {
            using HttpResponseMessage response = await client.SendAsync(message, Token);
            Assert.True((int)response.StatusCode is 200 or 302);
            await response.Content.ReadAsByteArrayAsync(Token);
        }
    }

    [Fact]
    public async Task A_login_with_cookies_and_a_token_is_replayed()
    {
        MockTransport origin = new();
        origin.On("POST", "/login").Reply(CassetteFolder.Typed("""{"access_token":"REAL-TOKEN-1","token_type":"Bearer","expires_in":3600}""", "application/json").WithHeader("Set-Cookie", "sid=REAL-SESSION-2-4f8a1b9c; Path=/; HttpOnly"));
        origin.On("GET", "/me").Reply(static call => CassetteFolder.Typed($"{call.Headers["Authorization"]} {call.Headers["Cookie"]}", "application/json"));
        await RunAsync(_folder.Record(origin), "first password", "Bearer REAL-TOKEN-1 sid=REAL-SESSION-2-4f8a1b9c");
        Assert.DoesNotContain("REAL", _folder.Text, StringComparison.Ordinal);
        await RunAsync(_folder.Replay(), "any other", "[redacted] sid=[redacted]");

        static async Task RunAsync(Cassette cassette, string password, string expected)
        {
            await using Session session = new(cassette);
            Response login = await session.PostAsync("http://h/login", new() { Json = new { user = "ana", password } }, Token);
            string token = JsonDocument.Parse(login.Content).RootElement.GetProperty("access_token").GetString()!;
            Response me = await session.GetAsync("http://h/me", new() { Auth = Auth.Bearer(token) }, Token);
            Assert.Equal(expected, me.Text);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_request_is_hidden_and_matches(string coding)
    {
        using (HttpClient client = new(_folder.Record(Reply.Text("ok")))) await client.SendAsync(Compressed("PLANTED-1", coding, CompressionLevel.Optimal), Token);
        Assert.Contains("""{\"password\":\"[redacted]\"}""", _folder.Text, StringComparison.Ordinal);
        Assert.Contains(coding, _folder.Text, StringComparison.Ordinal);

        using HttpClient offline = new(_folder.Replay());
        Assert.Equal("ok", await (await offline.SendAsync(Compressed("another", coding, CompressionLevel.Fastest), Token)).Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task A_compressed_answer_that_its_reader_left_is_hidden_and_ends_there()
    {
        byte[] wire = [.. Gzip("""{"password":"PLANTED-1","n":[""" + string.Join(',', Enumerable.Range(0, 50_000)))];
        using (HttpClient client = new(_folder.Record(Reply.Bytes(wire).WithHeader("Content-Type", "application/json").WithHeader("Content-Encoding", "gzip"))))
        {
            using Stream left = await client.GetStreamAsync(new Uri("http://h/"), Token);
            await left.ReadExactlyAsync(new byte[wire.Length / 2], Token);
        }

        Assert.DoesNotContain("PLANTED", FileAndBytes(), StringComparison.Ordinal);
        using HttpClient offline = new(_folder.Replay());
        using Stream again = await offline.GetStreamAsync(new Uri("http://h/"), Token);
        using MemoryStream coded = new();
        await Assert.ThrowsAsync<CassetteException>(() => again.CopyToAsync(coded, Token));
        coded.Position = 0;
        using GZipStream gzip = new(coded, CompressionMode.Decompress);
        byte[] start = new byte[1000];
        await gzip.ReadExactlyAsync(start, Token);
        Assert.StartsWith("""{"password":"[redacted]","n":[0,1,2""", Encoding.UTF8.GetString(start), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Compressed(string password, string coding, CompressionLevel level)
    {
        using MemoryStream coded = new();
        using (Stream encoder = coding switch { "br" => new BrotliStream(coded, level), "gzip" => new GZipStream(coded, level), _ => new ZLibStream(coded, level) })
            encoder.Write(Encoding.UTF8.GetBytes($$"""{"password":"{{password}}"}"""));
        return new(HttpMethod.Post, "http://h/") { Content = new ByteArrayContent(coded.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { coding } } } };
    }

    // The file, and once more what is base64 in it.
    private string FileAndBytes()
    {
        StringBuilder text = new(_folder.Text);
        using JsonDocument file = JsonDocument.Parse(_folder.Text);
        foreach (JsonElement entry in file.RootElement.GetProperty("log").GetProperty("entries").EnumerateArray())
        {
            JsonElement content = entry.GetProperty("response").GetProperty("content");
            if (content.TryGetProperty("encoding", out _)) text.Append(Encoding.Latin1.GetString(content.GetProperty("text").GetBytesFromBase64()));
            if (entry.GetProperty("request").TryGetProperty("postData", out JsonElement data) && data.TryGetProperty("_encoding", out _)) text.Append(Encoding.Latin1.GetString(data.GetProperty("text").GetBytesFromBase64()));
        }

        return text.ToString();
    }

    private async Task<string[]> PlantAsync(CassetteOptions options)
    {
        List<string> kinds = [];
        HttpRequestMessage[] messages = Messages("", kinds);
        MockTransport origin = new();
        origin.On("*", "*").ReplyInSequence(Answers(kinds));
        using HttpClient client = new(_folder.Record(origin, options));
        foreach (HttpRequestMessage message in messages)
        {
            using HttpResponseMessage response = await client.SendAsync(message, Token);
            await response.Content.ReadAsByteArrayAsync(Token);
        }

        return [.. kinds];
    }

    private static HttpRequestMessage[] Messages(string suffix, List<string> kinds)
    {
        string Plant(string kind)
        {
            string secret = $"PLANTED-{kind}-{kinds.Count + 1}{suffix}";
            kinds.Add(secret);
            return secret;
        }

        HttpRequestMessage headers = new(HttpMethod.Get, $"http://h/headers?access_token={Plant("query")}&page=2&client_secret={Plant("query2")}#id_token={suffix}");
        Add(headers.Headers, "Authorization", "Bearer " + Plant("bearer"));
        Add(headers.Headers, "Proxy-Authorization", "Basic " + Plant("proxy"));
        Add(headers.Headers, "Cookie", $"a={Plant("cookie")}; b={Plant("cookie2")}");
        Add(headers.Headers, "X-Api-Key", Plant("apikey"));
        Add(headers.Headers, "X-Auth-Token", Plant("authtoken"));
        Add(headers.Headers, "X-My-Client-Secret", Plant("named"));
        Add(headers.Headers, "Referer", $"http://h/?token={Plant("referer")}");
        HttpRequestMessage form = new(HttpMethod.Post, "http://h/form")
        {
            Content = new FormUrlEncodedContent([new("user", "ana"), new("password", Plant("form pass")), new("api_key", Plant("form+key")), new("next", $"http://h/?sig={Plant("nested")}")]),
        };
        HttpRequestMessage json = new(HttpMethod.Post, "http://h/json")
        {
            Content = new StringContent($$"""{"user":"ana","password":"{{Plant("json")}}","deep":[{"apiKey":"{{Plant("deep")}}"}],"tokens":["{{Plant("array")}}"],"callback":"https://u:{{Plant("userinfo")}}@h/"}""", Encoding.UTF8, "application/json"),
        };
        MultipartFormDataContent parts = new() { { new StringContent("not-secret-part"), "title" }, { new StringContent(Plant("part")), "password" }, { new ByteArrayContent([0, 1, 2, 255]), "file", "a.bin" } };
        HttpRequestMessage multipart = new(HttpMethod.Post, "http://h/multipart") { Content = parts };
        return [headers, form, json, multipart, .. Enumerable.Range(0, 7).Select(i => new HttpRequestMessage(HttpMethod.Get, $"http://h/answer/{i}"))];
    }

    private static Reply[] Answers(List<string> kinds)
    {
        string[] sent = [.. kinds];
        string Plant(string kind)
        {
            string secret = $"PLANTED-{kind}-{kinds.Count + 1}";
            kinds.Add(secret);
            return secret;
        }

        Reply ok = Reply.Text("ok");
        Reply cookies = ok.WithHeader("Set-Cookie", $"theme={Plant("setcookie")}; Path=/; HttpOnly").WithHeader("Set-Cookie", $"sid={Plant("setcookie2")}")
            .WithHeader("Link", $"<http://h/?page=2&token={Plant("link")}>; rel=next");
        Reply redirect = Reply.Redirect($"https://me:{Plant("locationuser")}@h/cb?code={Plant("code")}#access_token={Plant("fragment")}&state=1");
        Reply json = CassetteFolder.Typed($$"""{"access_token":"{{Plant("access")}}","refresh_token":"{{Plant("refresh")}}","token_type":"Bearer","usage":{"total_tokens":42},"pin":1234,"odd":"{{Plant("function")}}"}""", "application/json").WithHeader("X-Own", Plant("own"));
        Reply events = CassetteFolder.Typed($"data: {{\"id_token\":\"{Plant("event")}\"}}\n\ndata: {{\"n\":1}}\n\n", "text/event-stream");
        Reply xml = CassetteFolder.Typed($"<a><password kind='x'>{Plant("xml")}</password></a>", "application/xml");
        Reply zipped = Reply.Bytes(Gzip($$"""{"secret":"{{Plant("gzip")}}"}""")).WithHeader("Content-Type", "application/json").WithHeader("Content-Encoding", "gzip");
        Reply path = Reply.Text("http://h/bot/PLANTED-path-31/send");
        kinds.Add("PLANTED-path-31");
        Reply echo = CassetteFolder.Typed($$"""{"you":"sent {{sent[2]}} and {{sent[4]}}"}""", "application/json");
        return [echo, ok, ok, ok, cookies, redirect, json, events, xml, zipped, path];
    }

    private static void Add(HttpHeaders headers, string name, string value) => headers.TryAddWithoutValidation(name, value);

    private static byte[] Gzip(string text)
    {
        using MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return zipped.ToArray();
    }
}
