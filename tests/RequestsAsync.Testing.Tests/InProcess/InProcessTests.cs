using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RequestsAsync.Testing.Tests;

/// <summary>An application of this process, in memory and on a socket.</summary>
public sealed class InProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_started_and_called_with_its_cookies_and_verbs(bool inMemory)
    {
        await using WebApplication app = Build(inMemory, app =>
        {
            app.MapGet("/hello/{name}", (string name) => new { hello = name });
            app.MapGet("/login", (HttpContext http) => http.Response.Cookies.Append("id", "7"));
            app.MapGet("/me", (HttpContext http) => http.Request.Cookies["id"] + http.Request.Headers["X-Token"]);
            app.MapPost("/echo", async (HttpContext http) => await http.Request.Body.CopyToAsync(http.Response.Body));
            app.MapGet("/away", () => Results.Redirect("/hello/there"));
        });
        await using Session session = Session.For(app, new() { Headers = { ["X-Token"] = "t" } });
        Assert.Equal("Ana", (await session.GetAsync("hello/Ana")).Json().GetProperty("hello").GetString());
        Assert.Equal("there", (await session.GetAsync("away")).Json().GetProperty("hello").GetString());
        await session.GetAsync("login");
        Assert.Equal("7t", (await session.GetAsync("/me")).Text);
        Assert.Equal("content", (await session.PostAsync("echo", new() { Content = Body.FromText("content") })).Text);
        Assert.Equal("blocking", await Task.Run(() => session.Post("echo", new() { Content = Body.FromText("blocking") }).Text));

        await using Session another = Session.For(app, new() { BaseAddress = (await session.GetAsync("hello/x")).Url.Origin + "/hello/" });
        Assert.Equal("B", (await another.GetAsync("B")).Json().GetProperty("hello").GetString());
    }

    [Fact]
    public async Task A_host_and_a_test_server_are_called_too()
    {
        using IHost host = new HostBuilder().ConfigureWebHost(web => web.UseTestServer().Configure(app => app.Run(http => http.Response.WriteAsync("host")))).Build();
        await using (Session session = await Session.ForAsync(host)) Assert.Equal("host", (await session.GetAsync("/")).Text);
        await using (Session session = Session.For(host.GetTestServer())) Assert.Equal("host", (await session.GetAsync("/")).Text);
        await host.StopAsync();
        Assert.Contains("was stopped", Assert.Throws<InvalidOperationException>(() => Session.For(host)).Message, StringComparison.Ordinal);

        using IHost noServer = new HostBuilder().Build();
        Assert.Contains("no web server", Assert.Throws<InvalidOperationException>(() => Session.For(noServer)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Many_at_once_start_it_once(bool inMemory)
    {
        for (int round = 0; round < 5; round++)
        {
            await using WebApplication app = Build(inMemory, app => app.MapGet("/", () => "here"));
            Task<string>[] calls = [.. Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
            {
                await using Session session = i % 2 == 0 ? Session.For(app) : await Session.ForAsync(app);
                return (await session.GetAsync("/")).Text;
            }))];
            Assert.All(await Task.WhenAll(calls), static text => Assert.Equal("here", text));
        }
    }

    [Fact]
    public async Task Without_a_configured_address_a_free_port_of_the_loopback_is_taken()
    {
        await using WebApplication one = Build(inMemory: false, app => app.MapGet("/", () => "one"));
        await using WebApplication two = Build(inMemory: false, app => app.MapGet("/", () => "two"));
        await using Session first = Session.For(one);
        await using Session second = Session.For(two);
        Assert.Equal(("one", "two"), ((await first.GetAsync("/")).Text, (await second.GetAsync("/")).Text));
        Assert.Matches(@"^http://127\.0\.0\.1:\d+$", Assert.Single(one.Urls));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_response_is_read_while_it_is_written_and_its_trailers_follow(bool inMemory)
    {
        using SemaphoreSlim seen = new(0);
        await using WebApplication app = Build(inMemory, app => app.MapGet("/", async (HttpContext http) =>
        {
            for (int i = 0; i < 3; i++)
            {
                await http.Response.WriteAsync($"line {i}\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await seen.WaitAsync(http.RequestAborted);
            }

            if (http.Response.SupportsTrailers()) http.Response.AppendTrailer("X-Count", "3"); // Kestrel has none over HTTP/1.1
        }));
        await using Session session = Session.For(app);
        await using Response response = await session.StreamAsync("GET", "/");
        List<string> lines = [];
        await foreach (string line in response.LinesAsync())
        {
            lines.Add(line);
            seen.Release();
        }

        Assert.Equal(["line 0", "line 1", "line 2"], lines);
        Assert.Equal(inMemory ? "3" : null, response.Trailers["X-Count"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Content_is_read_while_it_is_sent(bool inMemory)
    {
        using SemaphoreSlim read = new(0);
        await using WebApplication app = Build(inMemory, app => app.MapPost("/", async (HttpContext http) =>
        {
            byte[] buffer = new byte[100];
            string text = "";
            while (await http.Request.Body.ReadAsync(buffer) is > 0 and int count)
            {
                text += Encoding.ASCII.GetString(buffer, 0, count) + "|";
                read.Release();
            }

            return text;
        }));
        await using Session session = Session.For(app);
        Assert.Equal("one|two|", (await session.PostAsync("/", new() { Content = Body.FromAsyncStream(Pieces()) })).Text);

        async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces()
        {
            yield return "one"u8.ToArray();
            Assert.True(await read.WaitAsync(Patience));
            yield return "two"u8.ToArray();
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Cancelling_and_disposing_reach_the_application(bool inMemory, bool isStreaming)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using WebApplication app = Build(inMemory, app => app.MapGet("/", async (HttpContext http) =>
        {
            http.RequestAborted.Register(() => aborted.TrySetResult());
            if (isStreaming)
            {
                await http.Response.WriteAsync("x");
                await http.Response.Body.FlushAsync();
            }

            started.TrySetResult();
            await aborted.Task;
        }));
        await using Session session = Session.For(app);
        if (isStreaming)
        {
            (await session.StreamAsync("GET", "/")).Dispose();
        }
        else
        {
            using CancellationTokenSource cancellation = new();
            Task<Response> call = session.GetAsync("/", cancellationToken: cancellation.Token);
            await started.Task.WaitAsync(Patience);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        await aborted.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task What_the_application_throws_is_readable_and_not_repeated()
    {
        int calls = 0;
        await using WebApplication app = Build(inMemory: true, app =>
        {
            app.MapGet("/fail", string () =>
            {
                calls++;
                throw new IOException("the disk is full");
            });
            app.MapGet("/abort", (HttpContext http) => http.Abort());
            app.MapGet("/late", async (HttpContext http) =>
            {
                await http.Response.WriteAsync("x");
                await http.Response.Body.FlushAsync();
                throw new FormatException("too late");
            });
        });
        await using Session session = Session.For(app, new() { Retry = Retry.Default with { Attempts = 3 } });
        AppFailedException e = await Assert.ThrowsAsync<AppFailedException>(async () => await session.GetAsync("fail"));
        Assert.Contains("the application threw IOException while it answered GET /fail: the disk is full (InProcessTests.cs:", e.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(e.InnerException);
        Assert.Equal(1, calls);
        await Assert.ThrowsAsync<ConnectionLostException>(async () => await session.GetAsync("abort", new() { Retry = Retry.None }));
        ConnectionLostException late = await Assert.ThrowsAsync<ConnectionLostException>(async () => await session.GetAsync("late", new() { Retry = Retry.None }));
        Assert.Contains("too late", late.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_web_socket_carries_what_the_session_carries(bool inMemory)
    {
        await using WebApplication app = Build(inMemory, app =>
        {
            app.UseWebSockets();
            app.MapGet("/login", (HttpContext http) => http.Response.Cookies.Append("id", "7"));
            app.MapGet("/no", () => "no");
            app.MapGet("/ws/{room}", async (HttpContext http, string room) =>
            {
                using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync(http.WebSockets.WebSocketRequestedProtocols.LastOrDefault());
                string text = $"{room} {http.Request.Query["q"]} {http.Request.Cookies["id"]} {http.Request.Headers["X-Token"]} {http.Request.Headers["X-Own"]}";
                await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
                byte[] buffer = new byte[100];
                WebSocketReceiveResult got = await socket.ReceiveAsync(buffer, CancellationToken.None);
                await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, true, CancellationToken.None);
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);
            });
        });
        await using Session session = Session.For(app, new() { Headers = { ["X-Token"] = "t" } });
        await session.GetAsync("login");
        using WebSocket socket = await session.ConnectWebSocketAsync("ws/lobby", new() { Query = { ["q"] = "1" }, Headers = { ["X-Own"] = "o", ["Sec-WebSocket-Protocol"] = "a, b" } });
        Assert.Equal("b", socket.SubProtocol);
        Assert.Equal("lobby 1 7 t o", await ReadAsync(socket));
        await socket.SendAsync("echo"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal("echo", await ReadAsync(socket));
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[10], CancellationToken.None)).MessageType);

        ProtocolException e = await Assert.ThrowsAsync<ProtocolException>(() => session.ConnectWebSocketAsync("no"));
        Assert.Contains("did not become a WebSocket", e.Message, StringComparison.Ordinal);
        await using Session plain = new();
        await Assert.ThrowsAsync<InvalidOperationException>(() => plain.ConnectWebSocketAsync("http://a.test/"));

        static async Task<string> ReadAsync(WebSocket socket)
        {
            byte[] buffer = new byte[100];
            return Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, CancellationToken.None)).Count);
        }
    }

    private static WebApplication Build(bool inMemory, Action<WebApplication> map)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        if (inMemory) builder.WebHost.UseTestServer();
        WebApplication app = builder.Build();
        map(app);
        return app;
    }
}
