namespace RequestsAsync.Testing.Tests;

public sealed class HarFormatTests(BinFixture bin) : IDisposable
{
    private const string Script = """
        const Validator = require('har-validator/lib/async.js');
        const file = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'));
        Validator.har(file, (errors, valid) => { console.log(valid ? 'valid' : JSON.stringify(errors)); process.exit(valid ? 0 : 1); });
        """;

    private readonly CassetteFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_cassette_keeps_the_rules_of_the_format()
    {
        await WriteCassetteAsync();
        Assert.Empty(HarFormat.Complaints(_folder.Text));
    }

    [Fact]
    public async Task A_log_keeps_the_rules_of_the_format()
    {
        await WriteLogAsync();
        Assert.Empty(HarFormat.Complaints(_folder.Text));
    }

    [Fact]
    public async Task The_rules_find_what_is_wrong()
    {
        await WriteCassetteAsync();
        string text = _folder.Text;
        foreach ((string old, string wrong) in (List<(string, string)>)[("\"status\": 200", "\"status\": \"200\""), ("\"headersSize\"", "\"size\""), ("+00:00\"", "\""), ("\"send\": 0", "\"send\": -1"), ("\"url\": \"http://", "\"url\": \"//")])
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            Assert.NotEmpty(HarFormat.Complaints(text.Replace(old, wrong, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Another_validator_with_the_published_schema_agrees()
    {
        string node = ForeignProgram.Find("node", "nodejs") ?? throw Skipped("node");
        string modules = Directory.Exists("/usr/share/nodejs/har-validator") ? "/usr/share/nodejs" : Path.Combine(Environment.GetEnvironmentVariable("HAR_VALIDATOR") ?? "/nowhere", "node_modules");
        if (!Directory.Exists(Path.Combine(modules, "har-validator"))) throw Skipped("har-validator (node-har-validator of Debian, or the folder that HAR_VALIDATOR names)");

        foreach (Func<Task> write in (Func<Task>[])[WriteCassetteAsync, WriteLogAsync])
        {
            await write();
            (int code, string output) = await ValidateAsync(node, modules);
            Assert.Equal((0, "valid\n"), (code, output));
        }

        await File.WriteAllTextAsync(_folder.File, _folder.Text.Replace("\"status\": 200", "\"status\": \"200\"", StringComparison.Ordinal), Token);
        Assert.Equal(1, (await ValidateAsync(node, modules)).Code);
    }

    // Where the modules are has to be said: only Debian's own node looks for Debian's packages by itself.
    private Task<(int Code, string Output)> ValidateAsync(string node, string modules) =>
        ForeignProgram.RunAsync("env", Path.GetDirectoryName(_folder.File)!, Token, $"NODE_PATH={modules}", node, "-e", Script, _folder.File);

    private static InvalidOperationException Skipped(string what)
    {
        Assert.Skip($"{what} is not installed");
        return new InvalidOperationException();
    }

    // One of everything.
    private async Task WriteCassetteAsync()
    {
        await using Cassette cassette = _folder.Record();
        await using Session session = new(cassette, disposeHandler: false);
        await SendAllAsync(session);
        Assert.Equal(12, cassette.Recorded);
    }

    // What the option --har of the command writes.
    private async Task WriteLogAsync()
    {
        HarLog har = new();
        await using Session session = new(new() { Middleware = { har.RecordAsync } });
        await SendAllAsync(session);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File)!);
        await har.SaveAsync(_folder.File, Token);
    }

    private async Task SendAllAsync(Session session)
    {
        await session.GetAsync(bin.Url + "/get?a=1&access_token=secret1&b=x+y", new() { Auth = ("me", "secret2"), Cookies = { ["c"] = "d" } }, Token);
        await session.GetAsync(bin.Url + "/redirect/1", cancellationToken: Token);
        await session.GetAsync(bin.Url + "/cookies/set?name=value", new() { FollowRedirects = false }, Token);
        await session.PostAsync(bin.Url + "/post", new() { Form = { ["f"] = "1 2", ["password"] = "secret3" } }, Token);
        await session.PostAsync(bin.Url + "/post", new() { Content = new byte[] { 0, 255 } }, Token);
        await session.PostAsync(bin.Url + "/post", new() { Json = new { token = "secret4", n = 1 } }, Token);
        await session.GetAsync(bin.Url + "/image/png", cancellationToken: Token);
        await session.GetAsync(bin.Url + "/gzip", cancellationToken: Token);
        await session.GetAsync(bin.Url + "/stream/5", cancellationToken: Token);
        await session.HeadAsync(bin.Url + "/get", cancellationToken: Token);
        await Assert.ThrowsAsync<ConnectException>(() => session.GetAsync("http://127.0.0.1:1/", cancellationToken: Token));
    }
}
