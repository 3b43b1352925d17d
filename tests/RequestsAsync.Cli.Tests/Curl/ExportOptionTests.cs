using System.CommandLine;
using System.Text.Json;

namespace RequestsAsync.Cli.Tests;

public sealed class ExportOptionTests(BinFixture bin)
{
    [Theory]
    [InlineData(true, "--curl")]
    [InlineData(false)]
    public void A_request_is_shown_as_a_curl_command(bool isShown, params string[] arguments)
    {
        CurlExportOption option = new();
        RootCommand root = [option.Option];
        SessionOptions settings = new() { Headers = { ["X-A"] = "1" } };
        using StringWriter output = new();

        Assert.Equal(isShown, option.Show(root.Parse(arguments), Request.Get("https://h/"), settings, output));
        Assert.Equal(isShown, output.ToString().Contains("--header 'X-A: 1'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_sent_is_written_as_an_archive()
    {
        string folder = Directory.CreateTempSubdirectory("har-option-").FullName;
        string path = Path.Combine(folder, "a.har");
        HarExportOption option = new();
        RootCommand root = [option.Option];
        SessionOptions options = new();
        option.Attach(root.Parse(["--har", path]), options);
        using (Session session = new(options))
            await session.GetAsync($"{bin.Url}/get?token=SECRET7", cancellationToken: TestContext.Current.CancellationToken);

        await option.SaveAsync(TestContext.Current.CancellationToken);

        string text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        using JsonDocument document = JsonDocument.Parse(text);
        Assert.Equal(1, document.RootElement.GetProperty("log").GetProperty("entries").GetArrayLength());
        Assert.DoesNotContain("SECRET7", document.RootElement.GetProperty("log").GetProperty("entries")[0].GetProperty("request").GetRawText(), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told()
    {
        HarExportOption option = new();
        RootCommand root = [option.Option];
        SessionOptions options = new();
        option.Attach(root.Parse(["--har", Path.Combine(Path.GetTempPath(), "no-such-folder", "a.har")]), options);
        using (Session session = new(options))
            await session.GetAsync($"{bin.Url}/get", cancellationToken: TestContext.Current.CancellationToken);

        CommandException e = await Assert.ThrowsAsync<CommandException>(() => option.SaveAsync(TestContext.Current.CancellationToken));
        Assert.Contains("cannot be written", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_option_nothing_is_recorded()
    {
        HarExportOption option = new();
        RootCommand root = [option.Option];
        SessionOptions options = new();
        option.Attach(root.Parse([]), options);
        await option.SaveAsync(TestContext.Current.CancellationToken);

        Assert.Empty(options.Middleware);
    }
}
