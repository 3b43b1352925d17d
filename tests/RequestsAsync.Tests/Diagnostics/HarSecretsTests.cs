using System.IO.Compression;
using System.Text;

namespace RequestsAsync.Tests;

/// <summary>What is hidden of a message whose content has a form that only a closer look sees through, and what is not.</summary>
public class HarSecretsTests
{
    private const string Json = "application/json";

    [Theory]
    [InlineData(Json, """{"a":{"password":"hunter2"}}""", """{"a":{"password":"[redacted]"}}""")]
    [InlineData(Json, """{ "n": 1.0,  "pin": 1234 }""", """{ "n": 1.0,  "pin": 0 }""")]
    [InlineData(Json, """{"body":"{\"password\":\"hunter2\",\"n\":1}"}""", """{"body":"{\"password\":\"[redacted]\",\"n\":1}"}""")]
    [InlineData(Json, """{"a":"{\"b\":\"{\\\"password\\\":\\\"hunter2\\\"}\"}"}""", """{"a":"{\"b\":\"{\\\"password\\\":\\\"[redacted]\\\"}\"}"}""")]
    [InlineData(Json, """{"body":"user=ana&password=hunter2"}""", """{"body":"user=ana&password=[redacted]"}""")]
    [InlineData(Json, """{"headers":{"Cookie":"a=hunter2; b=hunter2"}}""", """{"headers":{"Cookie":"a=[redacted]; b=[redacted]"}}""")]
    [InlineData(Json, "\uFEFF{\"password\":\"hunter2\"}", "\uFEFF{\"password\":\"[redacted]\"}")]
    [InlineData("application/x-ndjson", "{\"pin\":1234}\n{\"tokens\":[\"hunter2\"]}\n", "{\"pin\":0}\n{\"tokens\":[\"[redacted]\"]}\n")]
    [InlineData("text/event-stream", "data: {\"tokens\":[\"hunter2\"]}\n\ndata: {\"n\":1}\n\n", "data: {\"tokens\":[\"[redacted]\"]}\n\ndata: {\"n\":1}\n\n")]
    [InlineData("text/plain", """{"tokens":["hunter2"]}""", """{"tokens":["[redacted]"]}""")]
    [InlineData("application/x-www-form-urlencoded", """{"password":"hunter2"}""", """{"password":"[redacted]"}""")] // what curl -d sends
    [InlineData("", "user=ana&password=hunter2", "user=ana&password=[redacted]")]
    [InlineData(Json, """{"user":"ana","password":"hunt""", """{"user":"ana","password":"[redacted]""")]
    [InlineData(Json, """{"tokens":["hunter2","hunt""", """{"tokens":["[redacted]"[redacted]""")]
    [InlineData(Json, """{"pin":12""", """{"pin":0""")]
    [InlineData("text/plain", """log {"password":"hunt""", """log {"password":"[redacted]""")]
    [InlineData("text/plain", """log {\"password\":\"hunter2\"}""", """log {\"password\":\"[redacted]\"}""")]
    [InlineData("text/plain", """log {"password":"hunter2","pin":1234}""", """log {"password":"[redacted]","pin":0}""")]
    [InlineData("application/xml", "<a password='hunter2'><token>hunter2</token></a>", "<a password='[redacted]'><token>[redacted]</token></a>")]
    [InlineData("application/xml", "<token><![CDATA[hunter2]]></token>", "<token><![CDATA[[redacted]]]></token>")]
    [InlineData("application/xml", "<a><token>hunt", "<a><token>[redacted]")]
    [InlineData("text/plain", "at postgres://ana:hunter2@db/x and redis://:hunter2@r", "at postgres://db/x and redis://r")]
    [InlineData("message/http", "GET /a?token=hunter2 HTTP/1.1\r\nX-Api-Key: hunter2\r\nCookie: a=hunter2\r\nAccept: */*\r\n\r\n", "GET /a?token=%5Bredacted%5D HTTP/1.1\r\nX-Api-Key: [redacted]\r\nCookie: a=[redacted]\r\nAccept: */*\r\n\r\n")]
    [InlineData(Json, """{"a":1,"b":"\ud800","max_tokens":100,"token_type":"Bearer","code":"DE","text":"[x] a=b"}""", """{"a":1,"b":"\ud800","max_tokens":100,"token_type":"Bearer","code":"DE","text":"[x] a=b"}""")]
    public void A_text_is_marked_in_place(string type, string text, string marked)
    {
        string made = Marked(new(type) { Text = text }).Text!;
        Assert.Equal(marked, made);
        Assert.Equal(marked, Marked(new(type) { Text = made }).Text); // to mark what is marked changes nothing
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("iso-8859-1")]
    public void A_text_that_is_no_UTF8_is_marked_in_its_encoding(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        HarBody body = HarBody.Of(encoding.GetBytes("""{"name":"ö","tokens":["hunter2"]}"""), Json);
        Assert.True(body.IsBase64);
        Assert.Equal("""{"name":"ö","tokens":["[redacted]"]}""", encoding.GetString(Marked(body).ToBytes()));
    }

    [Fact]
    public void Text_in_bytes_is_marked_and_a_picture_is_not()
    {
        byte[] bytes = [0, 255, .. "\"password\":\"hunter2\""u8, 0];
        Assert.Equal([0, 255, .. "\"password\":\"[redacted]\""u8, 0], Marked(HarBody.Of(bytes, "application/octet-stream")).ToBytes());
        Assert.Equal(bytes, Marked(HarBody.Of(bytes, "image/png")).ToBytes());
    }

    [Theory]
    [InlineData("form-data")]
    [InlineData("mixed")]
    [InlineData("related")]
    public void Every_part_is_a_content_of_its_own(string kind)
    {
        const string Parts = "--b\r\nContent-Type: application/json\r\n\r\n{\"tokens\":[\"hunter2\"]}\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"pin\"\r\n\r\n1234\r\n"
            + "--b\r\nContent-Type: application/http\r\n\r\nPOST /x HTTP/1.1\r\nAuthorization: Bearer hunter2\r\n\r\n{\"pin\":1234}\r\n"
            + "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nX-Api-Key: hunter2\r\n\r\npassword=hunter2\r\n--c--\r\n"
            + "--b\r\n\r\nrest of it\r\n--b--\r\n";
        string marked = Marked(new($"multipart/{kind}; boundary=b") { Text = Parts }).Text!;
        Assert.DoesNotContain("hunter2", marked, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", marked, StringComparison.Ordinal);
        Assert.Equal(Parts.Split('\n').Length, marked.Split('\n').Length);
        Assert.Contains("{\"tokens\":[\"[redacted]\"]}\r\n--b\r\n", marked, StringComparison.Ordinal);
        Assert.Contains("rest of it\r\n--b--", marked, StringComparison.Ordinal);
    }

    [Fact]
    public void The_callers_own_function_sees_parts_and_bytes()
    {
        HarSecretRules rules = new() { Rewrite = static text => text.Replace("hunter2", "[x]", StringComparison.Ordinal) };
        HarBody parts = new("multipart/form-data; boundary=b") { Text = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhunter2\r\n--b--\r\n" };
        Assert.DoesNotContain("hunter2", Marked(parts, rules).Text, StringComparison.Ordinal);
        Assert.Equal([255, .. "[x]"u8], Marked(HarBody.Of([255, .. "hunter2"u8], "text/plain"), rules).ToBytes());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("br, gzip")]
    public void A_compressed_content_is_text_in_an_archive(string codings)
    {
        byte[] wire = Coded("""{"password":"hunter2"}""", codings);
        HarBody body = HarBody.Of(wire, Json, ContentDecoding.CodingsOf([codings]), isWhole: true, maxBytes: 1000);
        Assert.Equal("""{"password":"[redacted]"}""", Marked(body, codings: codings).Text);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public void What_came_of_a_compressed_content_is_text_too(string coding)
    {
        byte[] wire = Coded("""{"password":"hunter2","x":""" + string.Join(',', Enumerable.Range(0, 50_000)), coding);
        HarBody body = HarBody.Of(wire[..^20], Json, [coding], isWhole: false, maxBytes: 1 << 20);
        Assert.StartsWith("""{"password":"[redacted]","x":0,1""", Marked(body, codings: coding).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_content_that_nobody_can_read_is_left_out()
    {
        byte[] wire = [0x28, 0xB5, 0x2F, 0xFD, .. "hidden"u8];
        HarBody body = HarBody.Of(wire, Json, ["zstd"], isWhole: true, maxBytes: 1000);
        HarBody marked = Marked(body, codings: "zstd");
        Assert.Null(marked.Text);
        Assert.Contains("KeepsSecrets", marked.Comment, StringComparison.Ordinal);
        Assert.Equal(wire, Marked(body, new() { KeepsSecrets = true }, "zstd").ToBytes());
    }

    [Fact]
    public void Damaged_data_stay_unless_they_show_a_secret()
    {
        byte[] damaged = [.. Coded(string.Join(',', Enumerable.Range(0, 5000)), "gzip")[..3000], 255, 255, 255, 255, 255, 255];
        Assert.Equal(damaged, Marked(HarBody.Of(damaged, Json, ["gzip"], isWhole: true, maxBytes: 1 << 20), codings: "gzip").ToBytes());

        byte[] untrue = [.. """{"password":"hunter2"}"""u8];
        Assert.Null(Marked(HarBody.Of(untrue, Json, ["gzip"], isWhole: true, maxBytes: 1000), codings: "gzip").Text);
    }

    [Fact]
    public void An_error_keeps_no_secret()
    {
        HarResponse none = HarResponse.None("refused by ws://ana:hunter2@h/?token=hunter2x", new HarFault("IOException", null, """got {"password":"hunter2"}, sent Bearer hunter2-of-the-request"""));
        HarRequest request = new("GET", "http://h/", "HTTP/1.1", [new("Authorization", "Bearer hunter2-of-the-request")], null);
        HarResponse marked = new HarSecrets(new()).Apply(new HarExchange(default, default, request, none)).Response;
        Assert.Equal("refused by ws://h/?token=%5Bredacted%5D", marked.Error);
        Assert.Equal("""got {"password":"[redacted]"}, sent [redacted]""", marked.Faults[0].Message);
    }

    [Theory]
    [InlineData("?code=overview", "See the overview.", false)]
    [InlineData("?key=username", """{"username":"ana"}""", false)]
    [InlineData("?sid=2024-01-01T00:00:00Z", "Since 2024-01-01T00:00:00Z", false)]
    [InlineData("?password=password", """{"password":"x","old":"password"}""", false)]
    [InlineData("?pin=12345678", "12345678 users", false)]
    [InlineData("?password=hunter2hunter2", "got hunter2hunter2", true)]
    [InlineData("?code=4f8a1b9c2d3e4f5a6b7c", "got 4f8a1b9c2d3e4f5a6b7c", true)]
    [InlineData("?token=a%2Fb%2B4c/d==", "got a%2Fb%2B4c%2Fd%3D%3D", true)]
    public void Only_what_is_no_accident_is_marked_where_an_answer_repeats_it(string query, string answer, bool isMarked)
    {
        HarRequest request = new("GET", "http://h/" + query, "HTTP/1.1", [], null);
        HarResponse response = new(200, "OK", "HTTP/1.1", [], new HarBody("text/plain") { Text = answer });
        string marked = new HarSecrets(new()).Apply(new HarExchange(default, default, request, response)).Response.Content.Text!;
        Assert.Equal(isMarked, marked == "got [redacted]");
        if (!isMarked) Assert.Equal(answer.Replace("\"password\":\"x\"", "\"password\":\"[redacted]\"", StringComparison.Ordinal), marked);
    }

    [Fact]
    public void A_short_cookie_does_not_damage_the_answer()
    {
        HarRequest request = new("GET", "http://h/", "HTTP/1.1", [new("Cookie", "theme=darkmode; lang=en-US")], null);
        HarResponse response = new(200, "OK", "HTTP/1.1", [], new HarBody("text/html") { Text = "<body class=darkmode lang=en-US>" });
        HarExchange marked = new HarSecrets(new()).Apply(new HarExchange(default, default, request, response));
        Assert.Equal("<body class=darkmode lang=en-US>", marked.Response.Content.Text);
        Assert.Equal("theme=[redacted]; lang=[redacted]", marked.Request.Headers[0].Value);
    }

    private static HarBody Marked(HarBody body, HarSecretRules? rules = null, string? codings = null)
    {
        KeyValuePair<string, string>[] headers = codings is null ? [] : [new("Content-Encoding", codings)];
        return new HarSecrets(rules ?? new()).Apply(new HarRequest("POST", "http://h/", "HTTP/1.1", headers, body)).Body!;
    }

    private static byte[] Coded(string text, string codings)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        foreach (string coding in codings.Split(", "))
        {
            using MemoryStream coded = new();
            using (Stream encoder = coding switch { "gzip" => new GZipStream(coded, CompressionLevel.Optimal), "br" => new BrotliStream(coded, CompressionLevel.Optimal), _ => new ZLibStream(coded, CompressionLevel.Optimal) })
                encoder.Write(content);
            content = coded.ToArray();
        }

        return content;
    }
}
