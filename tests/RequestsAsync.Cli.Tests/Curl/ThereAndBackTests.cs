namespace RequestsAsync.Cli.Tests;

/// <summary>What the library writes as a curl command is read back as the same request.</summary>
public sealed class ThereAndBackTests
{
    private const string Url = "https://h/a?b=%20c";

    public static TheoryData<Request> Requests =>
    [
        Request.Get(Url),
        Request.Head(Url),
        Request.Post(Url),
        Request.Put(Url, new() { Content = "it's\n\"$x\" `y` \\" }),
        Request.Post(Url, new() { Content = "@text" }),
        Request.Post(Url, new() { Content = new byte[] { 0, 1, 254, 255 } }),
        Request.Post(Url, new() { Form = { ["a"] = "1 2", ["b"] = "&" } }),
        Request.Post(Url, new() { Form = { ["a"] = "x;type=y", ["b"] = "@c" }, Multipart = true }),
        Request.Post(Url, new() { Files = { ["a"] = Upload.FromBytes("{\";\":1}"u8.ToArray(), "", "application/json") } }),
        Request.Delete(Url, new() { Headers = { ["X-Empty"] = "", ["X-Quote"] = "it's", ["Accept"] = null, ["User-Agent"] = "me" }, Cookies = { ["a"] = "b", ["c"] = "d" } }),
        Request.Get(Url, new() { Auth = ("me", "p:w'\"") }),
        Request.Get(Url, new() { Auth = Auth.Digest("me", "pw"), FollowRedirects = false }),
        Request.Get(Url, new() { Timeout = TimeSpan.FromSeconds(1.5), HttpVersion = new(1, 1), Proxy = "http://a:b@proxy:3128" }),
        Request.Get("https://h/[1-3]{a,b}"),
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_command_is_read_as_it_was_written(Request request)
    {
        string written = request.ToCurl();
        CurlScript script = CurlScript.Parse(written, Scripts.Host(), isShown: false);
        CurlCall call = Assert.Single(script.Calls);
        DescribedRequest description = Assert.Single(new CurlTranslator(call.Host).Translate(Assert.Single(call.Operations)));
        SessionOptions options = CurlSession.Options(description.Settings, CurlCookies.Jar(call.Operations, call.Host, Assert.Fail), call.Host);

        string again = description.ToRequest(call.Host, []).ToCurl(options);

        Assert.Empty(script.Notes);
        Assert.Equal(Words(written), Words(again));
    }

    // What a session of curl's ways says by itself, and what stands first of the header fields, is no difference.
    private static string[] Words(string command)
    {
        string[] words = Scripts.Words(command)[^1];
        List<string> options = [command[..(command.IndexOf("curl ", StringComparison.Ordinal) + 4)]];
        for (int i = 1; i < words.Length; i++)
        {
            if (words[i] == "--connect-timeout") i++;
            else if (words[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < words.Length && !words[i + 1].StartsWith("--", StringComparison.Ordinal) && words[i] is not ("--location" or "--head" or "--compressed" or "--globoff" or "--http1.1" or "--digest"))
                options.Add($"{words[i]} {words[++i]}");
            else options.Add(words[i]);
        }

        return [.. options.Order(StringComparer.Ordinal)];
    }
}
