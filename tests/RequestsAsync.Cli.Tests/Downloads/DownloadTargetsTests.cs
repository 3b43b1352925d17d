using System.Text.Json;

namespace RequestsAsync.Cli.Tests;

/// <summary>What stands beside the URLs of a download: items, credentials, a session.</summary>
public sealed class DownloadTargetsTests(BinFixture bin) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("X-Token:abc", true)]
    [InlineData("Age:31", true)]
    [InlineData("X-Empty;", true)]
    [InlineData("Accept:", true)]
    [InlineData("Referer:https://h.example/a", true)]
    [InlineData("Range-Unit:bytes=1/2", true)]
    [InlineData("page==2", true)]
    [InlineData("filter.name==a/b", true)]
    [InlineData("to==https://h.example/", true)]
    [InlineData("X-From:@name.txt", true)]
    [InlineData("https://h.example/a?b=c", false)]
    [InlineData("h.example/a?b==c", false)]
    [InlineData("h.example:8080", false)]
    [InlineData("localhost:8080", false)]
    [InlineData("nas:8080/file", false)]
    [InlineData(":8080/file", false)]
    [InlineData(":/file", false)]
    [InlineData("[::1]:80/x", false)]
    [InlineData("intranet", false)]
    [InlineData("intranet/a:b", false)]
    public void A_word_is_an_item_or_another_url(string word, bool isItem)
    {
        DownloadTargets targets = DownloadTargets.Of(["h.example/first", word]);

        Assert.Equal(isItem ? 1 : 2, targets.Urls.Count);
        Assert.Equal(isItem ? 1 : 0, targets.Items.Count);
        Assert.Equal([word], DownloadTargets.Of([word]).Urls); // the first is always a URL
    }

    [Fact]
    public async Task Items_credentials_and_a_session_go_with_every_download()
    {
        string session = Path.Combine(_folder.Path, "s.json");
        string first = await EchoAsync("one", "-a", "ana:pw", "--session", session, "X-Own:1", "page==2");
        string second = await EchoAsync("two", "--session", session);

        JsonElement sent = JsonElement.Parse(first);
        Assert.Equal("1", sent.GetProperty("headers").GetProperty("X-Own").GetString());
        Assert.Equal("2", sent.GetProperty("args").GetProperty("page").GetString());
        JsonElement again = JsonElement.Parse(second).GetProperty("headers");
        Assert.Equal("1", again.GetProperty("X-Own").GetString());
        Assert.Equal("Basic " + Convert.ToBase64String("ana:pw"u8), again.GetProperty("Authorization").GetString());
    }

    [Theory]
    [InlineData("A download has no content", "URL", "name=value")]
    [InlineData("A download has no content", "URL", "photo@cat.png")]
    [InlineData("There is no option '--nonsense'", "URL", "--nonsense")]
    [InlineData("A session belongs to one host", "URL", "http://other.example/", "--session", "./s.json")]
    public async Task What_makes_no_sense_is_told(string error, params string[] words)
    {
        Ran ran = await Ran.InProcessAsync(["download", "-P", _folder.Path, .. words.Select(word => word.Replace("URL", $"{bin.Url}/get", StringComparison.Ordinal))]);

        Assert.Equal(64, ran.Code);
        Assert.Contains(error, ran.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private async Task<string> EchoAsync(string name, params string[] words)
    {
        string path = Path.Combine(_folder.Path, name);
        Ran ran = await Ran.InProcessAsync(["download", $"{bin.Url}/anything", "-o", path, .. words]);
        Assert.Equal(0, ran.Code);
        return await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
    }
}
