namespace RequestsAsync.Cli.Tests;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData(null, "example.org", 0, "example.org")]
    [InlineData(null, "localhost", 0, "localhost")]
    [InlineData("GET", "example.org", 0, "GET", "example.org")]
    [InlineData("get", ":3000/x", 0, "get", ":3000/x")]
    [InlineData("PURGE", "localhost", 0, "PURGE", "localhost")]
    [InlineData("M-SEARCH", ":/x", 0, "M-SEARCH", ":/x")]
    [InlineData("m-search", ":/x", 0, "m-search", ":/x")]
    [InlineData("POST", "example.org", 2, "POST", "example.org", "a=b", "X:y")]
    [InlineData(null, "example.org", 1, "example.org", "a=b")]
    [InlineData(null, "localhost", 1, "localhost", "a=b")]
    [InlineData(null, "LOCALHOST", 1, "LOCALHOST", "X:1")]
    [InlineData(null, "my-host", 1, "my-host", "a=b")]
    [InlineData(null, ":3000", 2, ":3000", "a=b", "c==d")]
    [InlineData(null, "http://h/?a=b", 1, "http://h/?a=b", "@file")]
    [InlineData("POST", "http://h/", 0, "POST", "http://h/")]
    public void Tells_method_url_and_items_apart(string? method, string url, int items, params string[] words)
    {
        RequestTarget target = RequestTarget.Parse(words);

        Assert.Equal((method, url, items), (target.Method, target.Url, target.Items.Count));
    }

    [Theory]
    [InlineData("A URL is missing.")]
    [InlineData("After the method POST the URL is missing.", "POST")]
    [InlineData("'http://b' is a second URL after 'http://a'.", "http://a", "http://b")]
    [InlineData("'http://b' is a second URL after 'http://a'.", "GET", "http://a", "http://b")]
    [InlineData("'word' is no item: it has none of : ; == = := @.", "http://a", "word")]
    public void Says_what_is_missing(string message, params string[] words)
    {
        CommandException error = Assert.Throws<CommandException>(() => RequestTarget.Parse(words));

        Assert.Equal((message, ExitCode.Usage), (error.Message, error.Code));
    }
}
