namespace RequestsAsync.Cli.Tests;

public sealed class ConfigFileTests
{
    [Theory]
    [InlineData("/own", "REQUESTS_CONFIG_DIR=/own", "XDG_CONFIG_HOME=/xdg")]
    [InlineData("/xdg/requests", "XDG_CONFIG_HOME=/xdg")]
    [InlineData("~/.config/requests", "XDG_CONFIG_HOME=relative")]
    [InlineData("~/.config/requests")]
    public void Is_where_such_files_are_kept(string folder, params string[] variables)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Other folders there.");
        Dictionary<string, string> environment = variables.Select(static variable => variable.Split('=')).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);

        Assert.Equal(ItemFile.Expand(folder), ConfigFolder.Path(environment.GetValueOrDefault));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"__meta__": 1, "default_options": []}""")]
    [InlineData("""{"default_options": ["--form", "--timeout=3"],} // mine""", "--form", "--timeout=3")]
    public void Gives_words(string text, params string[] words) => Assert.Equal(words, Read(text));

    [Theory]
    [InlineData("{\n  \"default_options\": [\n    \"--form\n  ]\n}", "line 3")]
    [InlineData("[]", "does not hold an object")]
    [InlineData("""{"default_options": "--form"}""", "is no list")]
    [InlineData("""{"default_options": ["--form", 3]}""", "holds 3")]
    public void Says_what_is_wrong(string text, string part)
    {
        CommandException error = Assert.Throws<CommandException>(() => Read(text));

        Assert.Contains("config.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Hint);
    }

    [Fact]
    public async Task The_words_of_the_command_line_overrule_it()
    {
        using TemporaryFolder folder = new();
        folder.Write("config.json", """{"default_options": ["--form", "--timeout=soon", "--offline"]}""");
        await using CommandProcess plain = CommandProcess.StartWith(new() { ["REQUESTS_CONFIG_DIR"] = folder.Path }, "--timeout=3", ":1/", "a=1");
        await using CommandProcess json = CommandProcess.StartWith(new() { ["REQUESTS_CONFIG_DIR"] = folder.Path }, "--json", "--timeout=3", ":1/", "a=1");
        Ran form = await plain.EndAsync();

        Assert.Equal("", form.Error);
        Assert.EndsWith("\r\n\r\na=1", form.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n{\"a\":\"1\"}", (await json.EndAsync()).Text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Read(string text)
    {
        using TemporaryFolder folder = new();
        folder.Write("config.json", text);
        return ConfigFile.ReadDefaults(folder.Path);
    }
}
