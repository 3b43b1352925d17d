using System.Text.Json;

namespace RequestsAsync.Testing.Tests;

public sealed class CassetteInChromiumTests(BinFixture bin) : IDisposable
{
    private readonly CassetteFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>The very importer behind the button of the Network panel, which shows whatever this gives.</summary>
    [Fact]
    public async Task The_developer_tools_import_a_cassette()
    {
        await using Chromium browser = await Chromium.OpenAsync("devtools://devtools/bundled/devtools_app.html", Token);
        await using (Session session = new(_folder.Record()))
        {
            await session.GetAsync(bin.Url + "/gzip?page=2", cancellationToken: Token);
            await session.PostAsync(bin.Url + "/post", new() { Form = { ["a"] = "1 2", ["password"] = "hidden" } }, Token);
            await session.GetAsync(bin.Url + "/image/png", cancellationToken: Token);
            await session.GetAsync(bin.Url + "/redirect/1", cancellationToken: Token);
            await Assert.ThrowsAsync<ConnectException>(() => session.GetAsync("http://127.0.0.1:1/", cancellationToken: Token));
        }

        JsonElement shown = await browser.EvaluateAsync($$"""
            (async () => {
              const har = await import('devtools://devtools/bundled/models/har/har.js');
              const root = new har.HARFormat.HARRoot(JSON.parse({{JsonSerializer.Serialize(_folder.Text)}}));
              return await Promise.all(har.Importer.Importer.requestsFromHARLog(root.log).map(async request => {
                const content = await request.requestContentData();
                return {
                  url: request.url(), method: request.requestMethod, status: request.statusCode, type: request.mimeType, finished: request.finished,
                  form: await request.requestFormData(), headers: request.responseHeaders.length,
                  text: content.error ? '' : content.isTextContent ? content.text : content.base64 };
              }));
            })()
            """, Token);

        JsonElement[] requests = [.. shown.EnumerateArray()];
        Assert.Equal(
            [$"GET {bin.Url}/gzip?page=2 200", $"POST {bin.Url}/post 200", $"GET {bin.Url}/image/png 200", $"GET {bin.Url}/redirect/1 302", $"GET {bin.Url}/get 200", "GET http://127.0.0.1:1/ 0"],
            requests.Select(request => $"{Text(request, "method")} {Text(request, "url")} {request.GetProperty("status").GetInt32()}"));
        Assert.Contains("\"gzipped\": true", Text(requests[0], "text"), StringComparison.Ordinal); // decoded
        Assert.Equal("a=1+2&password=[redacted]", Text(requests[1], "form"));
        Assert.StartsWith("iVBOR", Text(requests[2], "text"), StringComparison.Ordinal);
        Assert.True(requests[0].GetProperty("headers").GetInt32() > 3);
        Assert.All(requests, request => Assert.True(request.GetProperty("finished").GetBoolean()));
    }

    [Fact]
    public async Task A_browser_is_served_from_a_cassette()
    {
        await using Chromium browser = await Chromium.OpenAsync("about:blank", Token);
        Dictionary<string, Reply> site = new(StringComparer.Ordinal)
        {
            ["/"] = CassetteFolder.Typed("<link rel=icon href='data:,'><title>Shop</title><script src='/app.js'></script>", "text/html"),
            ["/app.js"] = CassetteFolder.Typed("addEventListener('load', () => fetch('/data?b=2&a=1').then(r => r.json()).then(d => document.title = `Shop with ${d.n}`));", "text/javascript"),
            ["/data?a=1&b=2"] = CassetteFolder.Typed("""{"n":3}""", "application/json"),
        };
        MockTransport origin = new();
        foreach ((string path, Reply reply) in site) origin.On("GET", "http://shop.test" + path).Reply(reply);
        using (HttpClient client = new(_folder.Record(origin)))
        {
            foreach (string path in site.Keys) await client.GetStringAsync(new Uri("http://shop.test" + path), Token);
        }

        Cassette cassette = _folder.Replay();
        using HttpClient offline = new(cassette);
        TaskCompletionSource<string> title = new(TaskCreationOptions.RunContinuationsAsynchronously);
        browser.OnEvent = async (name, parameters) =>
        {
            try
            {
                if (name == "Fetch.requestPaused") await FulfilAsync(browser, offline, parameters);
                else if (name == "Runtime.bindingCalled") title.TrySetResult(Text(parameters, "payload"));
            }
            catch (Exception e)
            {
                title.TrySetException(e);
            }
        };
        await browser.CallAsync("Runtime.enable", null, Token);
        await browser.CallAsync("Runtime.addBinding", new { name = "said" }, Token);
        await browser.CallAsync("Page.enable", null, Token);
        await browser.CallAsync("Page.addScriptToEvaluateOnNewDocument", new { source = "new MutationObserver(() => { if (document.title.includes('with')) said(document.title); }).observe(document, { subtree: true, childList: true, characterData: true });" }, Token);
        await browser.CallAsync("Fetch.enable", new { patterns = new[] { new { urlPattern = "*" } } }, Token);
        await browser.CallAsync("Page.navigate", new { url = "http://shop.test/" }, Token);

        Assert.Equal("Shop with 3", await title.Task.WaitAsync(TimeSpan.FromSeconds(60), Token));
        cassette.Verify();
    }

    private static async Task FulfilAsync(Chromium browser, HttpClient offline, JsonElement paused)
    {
        using HttpResponseMessage response = await offline.GetAsync(new Uri(Text(paused.GetProperty("request"), "url")), Token);
        byte[] body = await response.Content.ReadAsByteArrayAsync(Token);
        await browser.CallAsync("Fetch.fulfillRequest", new
        {
            requestId = Text(paused, "requestId"),
            responseCode = (int)response.StatusCode,
            responseHeaders = MessageFields.Of(response).Select(static field => new { name = field.Key, value = field.Value }),
            body = Convert.ToBase64String(body),
        }, Token);
    }

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).GetString() ?? "";
}
