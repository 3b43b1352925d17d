using System.Net;
using System.Net.Http.Json;

namespace RequestsAsync.Tests;

public sealed class SessionHandlerTests(BinFixture bin)
{
    [Fact]
    public async Task An_http_client_has_the_session_s_cookies_redirects_credentials_and_codings()
    {
        await using Session session = new(new() { BaseAddress = bin.Url + "/", Auth = Auth.Digest("user", "pass"), Headers = { ["X-Session"] = "yes" } });
        using HttpClient client = session.AsHttpClient();

        string cookies = await client.GetStringAsync("cookies/set?a=1");
        Assert.Contains("\"a\": \"1\"", cookies, StringComparison.Ordinal);
        Assert.Equal("1", session.Cookies["a"]);
        Assert.Contains("gzipped", await client.GetStringAsync("gzip"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("digest-auth/auth/user/pass")).StatusCode);

        using HttpResponseMessage posted = await client.PostAsJsonAsync("anything", new { key = "väl" });
        string echoed = await posted.Content.ReadAsStringAsync();
        Assert.Contains("\"X-Session\": \"yes\"", echoed, StringComparison.Ordinal);
        Assert.Contains("\"key\"", echoed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_described_the_coded_body_is_gone_and_the_last_url_is_told()
    {
        await using Session session = new();
        using HttpClient client = session.AsHttpClient();

        using HttpResponseMessage coded = await client.GetAsync(bin.Url + "/gzip");
        Assert.Empty(coded.Content.Headers.ContentEncoding);
        using HttpResponseMessage redirected = await client.GetAsync(bin.Url + "/redirect/2");
        Assert.Equal(bin.Url + "/get", redirected.RequestMessage!.RequestUri!.AbsoluteUri);
    }

    [Fact]
    public async Task A_blocking_client_works_too()
    {
        await using Session session = new();
        using HttpClient client = session.AsHttpClient();
        using HttpRequestMessage request = new(HttpMethod.Put, bin.Url + "/put") { Content = new StringContent("body") };
        using HttpResponseMessage response = client.Send(request);
        using StreamReader reader = new(response.Content.ReadAsStream());
        Assert.Contains("\"data\": \"body\"", reader.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_are_those_of_a_body()
    {
        await using FaultyServer cuts = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        await using FaultyServer hangs = FaultyServer.Start(script => script.ReadHead().Write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").Never());
        await using Session session = new();
        await using Session impatient = new(new() { Timeout = new() { Read = TimeSpan.FromMilliseconds(100) } });
        using HttpClient client = session.AsHttpClient();
        using HttpClient impatientClient = impatient.AsHttpClient();

        HttpRequestException lost = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(cuts.Url));
        Assert.Equal(HttpRequestError.ResponseEnded, lost.HttpRequestError);
        using HttpResponseMessage streamed = await client.GetAsync(cuts.Url, HttpCompletionOption.ResponseHeadersRead);
        Stream body = await streamed.Content.ReadAsStreamAsync();
        HttpIOException io = await Assert.ThrowsAsync<HttpIOException>(() => body.CopyToAsync(Stream.Null));
        Assert.IsType<ConnectionLostException>(io.InnerException);
        TaskCanceledException late = await Assert.ThrowsAsync<TaskCanceledException>(() => impatientClient.GetStringAsync(hangs.Url));
        Assert.IsType<TimeoutException>(late.InnerException);
    }

    [Fact]
    public async Task Failures_are_those_that_its_users_know()
    {
        await using Session session = new(new() { Timeout = TimeSpan.FromMilliseconds(200) });
        using HttpClient client = session.AsHttpClient();

        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("http://127.0.0.1:1/"));
        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
        Assert.IsType<ConnectException>(refused.InnerException);
        TaskCanceledException late = await Assert.ThrowsAsync<TaskCanceledException>(() => client.GetAsync(bin.Url + "/delay/5"));
        Assert.IsType<TimeoutException>(late.InnerException);
        using CancellationTokenSource cancel = new(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(bin.Url + "/delay/5", cancel.Token));
    }
}
