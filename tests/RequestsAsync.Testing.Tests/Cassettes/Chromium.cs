using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;

namespace RequestsAsync.Testing.Tests;

/// <summary>A browser without a window, spoken to by its DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _calls = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _receiving = Task.CompletedTask;
    private int _lastCall;

    private Chromium(string program)
    {
        _profile = Directory.CreateTempSubdirectory("chromium-");
        ProcessStartInfo start = new(program,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--no-proxy-server", $"--user-data-dir={_profile.FullName}", "--remote-debugging-port=0", "about:blank"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Hears of events, by name.</summary>
    internal Func<string, JsonElement, Task>? OnEvent { get; set; }

    /// <summary>Starts it on a page; the test is skipped where there is none.</summary>
    internal static async Task<Chromium> OpenAsync(string page, CancellationToken cancellationToken)
    {
        string? program = ForeignProgram.Find("chromium", "chromium-browser", "google-chrome");
        Assert.SkipWhen(program is null, "chromium is not installed");
        Chromium browser = new(program!);
        try
        {
            int port = await browser.PortAsync(cancellationToken);
            using HttpResponseMessage opened = await browser._client.PutAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/json/new?{page}")), null, cancellationToken);
            JsonElement target = JsonDocument.Parse(await opened.Content.ReadAsStringAsync(cancellationToken)).RootElement;
            await browser._socket.ConnectAsync(new Uri(target.GetProperty("webSocketDebuggerUrl").GetString()!), cancellationToken);
            browser._receiving = browser.ReceiveAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a method of the protocol.</summary>
    internal async Task<JsonElement> CallAsync(string method, object? parameters, CancellationToken cancellationToken)
    {
        int id = Interlocked.Increment(ref _lastCall);
        TaskCompletionSource<JsonElement> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = answer;
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters ?? new { } });
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
    }

    /// <summary>The value of an expression, awaited.</summary>
    internal async Task<JsonElement> EvaluateAsync(string expression, CancellationToken cancellationToken)
    {
        JsonElement result = await CallAsync("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true }, cancellationToken);
        Assert.False(result.TryGetProperty("exceptionDetails", out JsonElement failure), failure.ValueKind == JsonValueKind.Undefined ? "" : failure.GetRawText());
        return result.GetProperty("result").GetProperty("value");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _receiving;
        _process.Dispose();
        _socket.Dispose();
        _client.Dispose();
        _sending.Dispose();
        _stopping.Dispose();
        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A child of the browser still writes; the folder is a temporary one.
        }
    }

    private async Task<int> PortAsync(CancellationToken cancellationToken)
    {
        string file = Path.Combine(_profile.FullName, "DevToolsActivePort");
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(50));
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await look.WaitForNextTickAsync(limit.Token))
        {
            Assert.False(_process.HasExited, "chromium has ended by itself");
            if (File.Exists(file) && await File.ReadAllLinesAsync(file, cancellationToken) is [var port, _, ..]) return int.Parse(port, CultureInfo.InvariantCulture);
        }

        throw new TimeoutException("chromium does not listen");
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[64 << 10];
        using MemoryStream message = new();
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult read = await _socket.ReceiveAsync(buffer.AsMemory(), _stopping.Token);
                message.Write(buffer, 0, read.Count);
                if (!read.EndOfMessage) continue;

                JsonElement json = JsonDocument.Parse(message.ToArray()).RootElement;
                message.SetLength(0);
                if (json.TryGetProperty("id", out JsonElement id)) Answer(id.GetInt32(), json);
                else if (OnEvent is { } heard) _ = heard(json.GetProperty("method").GetString()!, json.GetProperty("params"));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            foreach (TaskCompletionSource<JsonElement> call in _calls.Values) call.TrySetCanceled();
        }
    }

    private void Answer(int id, JsonElement json)
    {
        if (!_calls.TryRemove(id, out TaskCompletionSource<JsonElement>? call)) return;
        if (json.TryGetProperty("result", out JsonElement result)) call.TrySetResult(result);
        else call.TrySetException(new InvalidOperationException(json.GetRawText()));
    }
}
