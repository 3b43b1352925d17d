using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RequestsAsync.Cli.Tests;

public sealed class CurlFormsTests : IDisposable
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    private readonly string _folder = Directory.CreateTempSubdirectory("curl-forms-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Commands =>
    [
        "curl https://h/",
        "curl -X PATCH https://h/ -d 'a=1&a=2'",
        "curl -X PURGE https://h/ -H 'X: 1' -H 'X: 2' -H 'Accept:' -H 'Y;'",
        "curl https://h/ -d 'a=1&b=2' -L --max-redirs 3",
        "curl https://h/ --json '{\"a\":\"b\\\\c\"}'",
        "curl https://h/ --data-raw $'a\\n\\t\"b\"\\\\ \"\"\" é \\U0001F600'",
        "curl https://h/ --data-binary @f.txt -H 'Content-Type: text/plain'",
        "curl -T - https://h/",
        "curl -F a=b -F 'c=x;type=text/html' -F 'f=@f.txt;filename=\"q\\\"uote\"' https://h/ -o out.bin",
        "curl https://h/ -u 'me:p\"w' -b 'a=b; c=d' -A agent",
        "curl https://h/ --digest -u a:b --compressed",
        "curl https://h/ --oauth2-bearer tok -m 3 --connect-timeout 1.5 --retry 4",
        "curl https://h/ -n -k --tlsv1.3 --http1.1",
        "curl https://h/ --cacert ca.pem --cert c.pem:pw --key k.pem --pinnedpubkey sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "curl https://h/ --cert c.p12 --cert-type P12",
        "curl https://h/ -x proxy:3128 -U a:b --proxy-digest",
        "curl https://h/ -x socks5://proxy",
        "curl https://h/ -x '' -4 --interface 127.0.0.1",
        "curl https://h/ --resolve h:443:127.0.0.1 --unix-socket /run/x.sock",
        "curl https://h/ -b jar.txt --http2-prior-knowledge",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_code_compiles(string command)
    {
        CSharpCompilationOptions options = new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);
        SyntaxTree[] trees = [CSharpSyntaxTree.ParseText(Usings), CSharpSyntaxTree.ParseText(Shown("csharp", command))];
        CSharpCompilation compilation = CSharpCompilation.Create("Shown", trees, References, options);

        Assert.Empty(compilation.GetDiagnostics().Where(found => found.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void The_code_is_what_one_would_write()
    {
        string code = Shown("csharp", "curl https://api.example.com/users -H 'X-A: 1' -u me:pw --json '{\"name\":\"Ana\"}' -L -m 3");

        Assert.Equal(
            """"
            using RequestsAsync;

            await using Session session = new(new()
            {
                Timeout = TimeSpan.FromSeconds(3),
            });
            Response response = await session.PostAsync("https://api.example.com/users", new()
            {
                Headers = { ["X-A"] = "1", ["Accept"] = "application/json" },
                Content = Body.FromText("""{"name":"Ana"}""", "application/json"),
                Auth = ("me", "pw"),
            });
            Console.WriteLine(response.Text);

            """".ReplaceLineEndings("\n"),
            code);
    }

    [Theory]
    [InlineData("curl https://h/", "requests https://h/")]
    [InlineData("curl -I https://h/", "requests HEAD https://h/")]
    [InlineData("curl -L https://h/ -H 'X-A: it'\\''s' -H 'Accept:'", "requests --follow https://h/ 'X-A:it'\\''s' Accept:")]
    [InlineData("curl https://h/ -d a=1 -d b=2", "requests --form https://h/ a=1 b=2")]
    [InlineData("curl https://h/ -d 'a=%20'", "requests --raw a=%20 https://h/ Content-Type:application/x-www-form-urlencoded 'Accept:*/*'")]
    [InlineData("curl -X PUT https://h/ --json '{}' -u me:pw", "requests --auth me:pw --raw '{}' PUT https://h/ Accept:application/json Content-Type:application/json")]
    [InlineData("curl https://h/ --data-binary @f.txt", "requests https://h/ Content-Type:application/x-www-form-urlencoded 'Accept:*/*' @f.txt")]
    [InlineData("curl https://h/ -F a=b -F f=@f.txt", "requests --multipart https://h/ a=b 'f@f.txt;type=text/plain'")]
    [InlineData("curl https://h/ -k -m 2.5 -x proxy:1 --http1.1 --retry 2 -o out --oauth2-bearer t", "requests --verify no --proxy http://proxy:1 --timeout 2.5 --http-version 1.1 --retry 2 --output out -A bearer --auth t https://h/")]
    [InlineData("curl https://h/ --cert c.pem:pw --key k.pem --tlsv1.3 --resolve h:443:::1", "requests --cert c.pem --cert-key k.pem --cert-key-pass pw --ssl tls1.3 --resolve h:443:::1 https://h/")]
    [InlineData("curl https://h/ -b 'a=b; c=d'", "requests https://h/ 'Cookie:a=b; c=d'")]
    public void A_request_is_a_command_of_this_program(string command, string expected) => Assert.Equal(expected + "\n", Shown("requests", command));

    [Fact]
    public void What_cannot_stand_on_a_command_line_is_told() =>
        Assert.Contains("cannot be an item", Assert.Throws<CommandException>(() => Shown("requests", "curl https://h/ -F 'a=b;type=text/html'")).Message, StringComparison.Ordinal);

    [Fact]
    public void Json_says_what_is_sent()
    {
        using JsonDocument document = JsonDocument.Parse(Shown("json", "curl https://h/ -X PUT -H 'A: 1' -H 'Accept:' -b c=d -u me:pw -d x"));
        JsonElement json = document.RootElement;

        Assert.Equal("PUT", json.GetProperty("method").GetString());
        Assert.Equal("https://h/", json.GetProperty("url").GetString());
        Assert.Equal("A", json.GetProperty("headers")[0].GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("headers")[1].GetProperty("value").ValueKind);
        Assert.Equal("d", json.GetProperty("cookies").GetProperty("c").GetString());
        Assert.Equal("pw", json.GetProperty("auth").GetProperty("password").GetString());
        Assert.Equal("x", json.GetProperty("content").GetProperty("text").GetString());
        Assert.False(json.GetProperty("followRedirects").GetBoolean());
    }

    [Fact]
    public void Several_requests_are_a_list()
    {
        using JsonDocument document = JsonDocument.Parse(Shown("json", "curl https://h/{a,b}; curl https://i/"));

        Assert.Equal(["https://h/a", "https://h/b", "https://i/"], document.RootElement.EnumerateArray().Select(request => request.GetProperty("url").GetString()));
    }

    [Fact]
    public void Har_holds_the_request_and_no_answer()
    {
        using JsonDocument document = JsonDocument.Parse(Shown("har", "curl https://h/?a=b -u me:pw -d x=y"));
        JsonElement entry = Assert.Single(document.RootElement.GetProperty("log").GetProperty("entries").EnumerateArray());

        Assert.Equal("POST", entry.GetProperty("request").GetProperty("method").GetString());
        Assert.Equal("y", entry.GetProperty("request").GetProperty("postData").GetProperty("params")[0].GetProperty("value").GetString());
        Assert.Contains("Basic bWU6cHc=", entry.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, entry.GetProperty("response").GetProperty("status").GetInt32());
    }

    private string Shown(string form, string command)
    {
        File.WriteAllText(Path.Combine(_folder, "f.txt"), "text");
        using MemoryStream output = new();
        CurlForms.Write(form, CurlScript.Parse(command, Scripts.Host(_folder), isShown: true), output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
