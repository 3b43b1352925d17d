using System.Text.Json;
using RequestsAsync.Testing;

namespace RequestsAsync.Bulk.Tests;

public sealed class BulkJobTests : IDisposable
{
    private readonly JobRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Each_request_gets_one_record()
    {
        await using HttpBin server = await HttpBin.StartAsync(null, TestContext.Current.CancellationToken);
        string input = string.Concat(Enumerable.Range(0, 500).Select(i => $"{server.Url}/anything/{i}\n")) + $"http://\n{server.Url}/status/404\n{server.Url}/anything/7\n";

        BulkSummary summary = await _run.RunAsync(input, new());

        Assert.Equal(FrontierState.Finished, summary.State);
        List<JsonElement> records = _run.Records;
        Assert.Equal(502, records.Count);
        Assert.Equal(502, records.Select(record => record.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal([1, 0, 500, 0, 1, 0], summary.Progress.ByClass);
        JsonElement bad = Assert.Single(records, record => record.TryGetProperty("error", out _));
        Assert.Equal(("bad_input", 501), (bad.GetProperty("error").GetProperty("kind").GetString(), bad.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task A_request_is_sent_as_its_line_says_and_meta_comes_back()
    {
        await using HttpBin server = await HttpBin.StartAsync(null, TestContext.Current.CancellationToken);

        await _run.RunAsync($$$"""{"url":"{{{server.Url}}}/anything","method":"PUT","headers":{"X-A":"1"},"body":{"a":[1]},"meta":{"row":7}}""", new() { Bodies = BodyPolicy.Inline });

        JsonElement record = Assert.Single(_run.Records);
        JsonElement echo = JsonDocument.Parse(record.GetProperty("body").GetString()!).RootElement;
        Assert.Equal(("PUT", "1", "application/json", """{"a":[1]}"""), (echo.GetProperty("method").GetString(), echo.GetProperty("headers").GetProperty("X-A").GetString(), echo.GetProperty("headers").GetProperty("Content-Type").GetString(), echo.GetProperty("data").GetString()));
        Assert.Equal(7, record.GetProperty("meta").GetProperty("row").GetInt32());
        Assert.Equal(record.GetProperty("bytes").GetInt32(), record.GetProperty("body").GetString()!.Length);
        Assert.Equal("127.0.0.1", record.GetProperty("ip").GetString());
    }

    [Fact]
    public async Task A_host_never_has_more_in_flight_than_it_is_to_have()
    {
        using BulkHost host = new(TimeSpan.FromMilliseconds(5));
        string input = string.Concat(Enumerable.Range(0, 200).Select(i => $"http://h{i % 4}.example/{i}\n"));

        await _run.RunAsync(input, new() { Handler = host, MaxPerHost = 3, HostPolicies = name => name == "h3.example" ? new() { MaxInFlight = 1 } : null });

        Assert.Equal([3, 3, 3, 1], Enumerable.Range(0, 4).Select(i => host.MostAt($"h{i}.example")));
        Assert.Equal(200, _run.Records.Count);
    }

    [Fact]
    public async Task A_delay_counts_from_the_end_of_each_response()
    {
        using BulkHost host = new(TimeSpan.FromMilliseconds(10));
        string input = string.Concat(Enumerable.Range(0, 20).Select(i => $"http://h{i % 4}.example/{i}\n"));

        await _run.RunAsync(input, new() { Handler = host, Delay = TimeSpan.FromMilliseconds(60) });

        foreach (IGrouping<string, BulkHost.Visit> visits in host.Visits.GroupBy(visit => visit.Url.Host))
        {
            BulkHost.Visit[] inOrder = [.. visits.OrderBy(visit => visit.Began)];
            Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(pair.Second.Began - pair.First.Ended >= TimeSpan.FromMilliseconds(59), $"{pair.Second.Began - pair.First.Ended}"));
        }
    }

    [Fact]
    public async Task A_host_that_asks_to_be_left_alone_is()
    {
        bool isFirst = true;
        using BulkHost host = new(call =>
        {
            if (call.Url.Host != "busy.example" || !isFirst) return Reply.Text("x");
            isFirst = false;
            return Reply.Of(429).WithHeader("Retry-After", "1");
        });

        await _run.RunAsync("http://busy.example/1\nhttp://busy.example/2\nhttp://other.example/\n", new() { Handler = host, MaxPerHost = 1 });

        BulkHost.Visit[] visits = [.. host.Visits.Where(visit => visit.Url.Host == "busy.example").OrderBy(visit => visit.Began)];
        Assert.Equal(3, visits.Length);
        Assert.True(visits[1].Began - visits[0].Ended >= TimeSpan.FromMilliseconds(990), $"{visits[1].Began - visits[0].Ended}");
        Assert.All(_run.Records, record => Assert.Equal(200, record.GetProperty("status").GetInt32()));
        Assert.Equal([1, 1, 2], _run.Records.Select(record => record.GetProperty("attempts").GetInt32()).Order());
    }

    [Fact]
    public async Task A_failure_that_may_pass_is_tried_again_and_the_last_one_is_told()
    {
        using BulkHost host = new(call => call.Url.Path switch
        {
            "/refused" => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"),
            "/gone" => Reply.Text("gone", 410),
            _ => Reply.Text("broken", 502),
        });

        BulkSummary summary = await _run.RunAsync("http://a.example/refused\nhttp://b.example/broken\nhttp://c.example/gone\n", new() { Handler = host, MaxRetries = 1 });

        Assert.Equal(("connect", 2), (_run.RecordOf("http://a.example/refused").GetProperty("error").GetProperty("kind").GetString(), _run.RecordOf("http://a.example/refused").GetProperty("attempts").GetInt32()));
        Assert.Equal((502, 2), (_run.RecordOf("http://b.example/broken").GetProperty("status").GetInt32(), _run.RecordOf("http://b.example/broken").GetProperty("attempts").GetInt32()));
        Assert.Equal((410, 1), (_run.RecordOf("http://c.example/gone").GetProperty("status").GetInt32(), _run.RecordOf("http://c.example/gone").GetProperty("attempts").GetInt32()));
        Assert.Equal(2, summary.Progress.Retries);
    }

    [Fact]
    public async Task Redirects_are_followed_in_the_turn_of_the_host_that_they_lead_to()
    {
        using BulkHost host = new(call => call.Url.ToString() switch
        {
            "http://a.example/start" => Reply.Redirect("/next"),
            "http://a.example/next" => Reply.Redirect("http://b.example/end", 308),
            "http://a.example/loop" => Reply.Redirect("http://b.example/loop"),
            "http://b.example/loop" => Reply.Redirect("http://a.example/loop"),
            "http://a.example/bad" => Reply.Redirect("http://["),
            _ => Reply.Text(call.Headers.Contains("Authorization") ? "secret" : "none"),
        });

        await _run.RunAsync("""
            {"url":"http://a.example/start","headers":{"Authorization":"Bearer t"}}
            {"url":"http://a.example/loop"}
            {"url":"http://a.example/bad"}
            """, new() { Handler = host, MaxRedirects = 4, Bodies = BodyPolicy.Inline });

        JsonElement record = _run.RecordOf("http://a.example/start");
        Assert.Equal(("http://b.example/end", "none", 1), (record.GetProperty("final_url").GetString(), record.GetProperty("body").GetString(), record.GetProperty("attempts").GetInt32()));
        Assert.Equal([("http://a.example/start", 302), ("http://a.example/next", 308)], record.GetProperty("redirects").EnumerateArray().Select(hop => (hop.GetProperty("url").GetString()!, hop.GetProperty("status").GetInt32())));
        Assert.Equal("redirect", _run.RecordOf("http://a.example/loop").GetProperty("error").GetProperty("kind").GetString());
        Assert.Equal("redirect", _run.RecordOf("http://a.example/bad").GetProperty("error").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task What_is_meant_for_one_origin_goes_to_no_other_by_a_redirect()
    {
        using BulkHost host = new(call => call.Url.ToString() == "http://a.example/start" ? Reply.Redirect("http://b.example/end")
            : call.Url.ToString() == "http://a.example/secure" ? Reply.Redirect("https://a.example/end")
            : Reply.Text(string.Join(' ', new[] { "Authorization", "X-Api-Key", "X-Plain" }.Where(name => call.Headers.Contains(name)))));

        await _run.RunAsync("""
            {"url":"http://a.example/start","headers":{"X-Api-Key":"s","X-Plain":"1"}}
            {"url":"http://a.example/direct","headers":{"X-Api-Key":"s"}}
            {"url":"http://a.example/secure","headers":{"X-Api-Key":"s"}}
            """, new() { Handler = host, Bodies = BodyPolicy.Inline, Session = static session => session.Headers["Authorization"] = "Bearer t" });

        Assert.Equal("X-Plain", _run.RecordOf("http://a.example/start").GetProperty("body").GetString());
        Assert.Equal("Authorization X-Api-Key", _run.RecordOf("http://a.example/direct").GetProperty("body").GetString());
        Assert.Equal("Authorization X-Api-Key", _run.RecordOf("http://a.example/secure").GetProperty("body").GetString());
    }

    [Fact]
    public async Task Passwords_of_urls_are_used_and_not_written_down()
    {
        using BulkHost host = new(call => call.Url.PathAndQuery == "/start"
            ? Reply.Redirect("http://ana:other@a.example/end")
            : Reply.Text(call.Headers.Contains("Authorization") ? "known" : "unknown"));

        await _run.RunAsync("http://ana:secret@a.example/start\nhttp://ana:secret@a.example/\n", new() { Handler = host, Bodies = BodyPolicy.Inline });

        string output = await File.ReadAllTextAsync(_run.Output, TestContext.Current.CancellationToken);
        Assert.Equal("known", _run.RecordOf("http://a.example/").GetProperty("body").GetString());
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
        Assert.DoesNotContain("other", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_are_added_to_a_finished_input_are_fetched_by_the_next_run()
    {
        using BulkHost host = new();
        await _run.RunAsync("http://a.example/1\nhttp://a.example/2\n", new() { Handler = host });

        BulkSummary same = await _run.RunAsync("http://a.example/1\nhttp://a.example/2\n", new() { Handler = host }, resume: true);
        Assert.Equal((FrontierState.Finished, 2), (same.State, _run.Records.Count));
        BulkJobOptions gone = _run.Options("", new() { Handler = host }, resume: true) with { OpenInput = static () => throw new InvalidOperationException("It is not there any more.") };
        await using (BulkJob job = await BulkJob.OpenAsync(gone, TestContext.Current.CancellationToken))
            Assert.Equal(FrontierState.Finished, (await job.RunAsync(TestContext.Current.CancellationToken)).State);
        BulkSummary more = await _run.RunAsync("http://a.example/1\nhttp://a.example/2\nhttp://a.example/3\nhttp://a.example/1\nhttp://b.example/4\n", new() { Handler = host }, resume: true);

        Assert.Equal(FrontierState.Finished, more.State);
        Assert.Equal(["http://a.example/1", "http://a.example/2", "http://a.example/3", "http://b.example/4"], _run.Records.Select(static record => record.GetProperty("url").GetString()).Order());
    }

    [Fact]
    public async Task A_line_that_is_no_request_keeps_what_it_says_of_itself()
    {
        await _run.RunAsync("""{"url":"http://","meta":{"row":7}}""", new());

        Assert.Equal(7, Assert.Single(_run.Records).GetProperty("meta").GetProperty("row").GetInt32());
    }

    [Fact]
    public async Task A_server_in_trouble_is_asked_again_no_sooner_than_it_says()
    {
        List<long> asked = [];
        using BulkHost host = new(_ =>
        {
            lock (asked)
            {
                asked.Add(Environment.TickCount64);
                return asked.Count == 1 ? Reply.Of(502).WithHeader("Retry-After", "2") : Reply.Text("x");
            }
        });

        await _run.RunAsync("http://a.example/\n", new() { Handler = host });

        Assert.Equal(200, Assert.Single(_run.Records).GetProperty("status").GetInt32());
        Assert.InRange(asked[1] - asked[0], 1_950, 30_000);
    }

    [Fact]
    public async Task Robots_that_are_asked_for_too_often_are_asked_for_again_when_the_server_says()
    {
        int asked = 0;
        using BulkHost host = new(call => call.Url.PathAndQuery != "/robots.txt" ? Reply.Text("x")
            : Interlocked.Increment(ref asked) == 1 ? Reply.Of(429).WithHeader("Retry-After", "1")
            : Reply.Text("User-agent: *\nDisallow: /private"));

        await _run.RunAsync("http://a.example/private\nhttp://a.example/public\n", new() { Handler = host, ObeyRobots = true });

        Assert.Equal(2, asked);
        Assert.Equal("robots", _run.RecordOf("http://a.example/private").GetProperty("error").GetProperty("kind").GetString());
        Assert.Equal(200, _run.RecordOf("http://a.example/public").GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Robots_are_asked_for_once_and_obeyed()
    {
        using BulkHost host = new(call => (call.Url.Host, call.Url.Path) switch
        {
            ("rules.example", "/robots.txt") => Reply.Text("User-agent: *\nDisallow: /private"),
            ("none.example", "/robots.txt") => Reply.Text("", 404),
            ("broken.example", "/robots.txt") => Reply.Text("", 500),
            _ => Reply.Text("x"),
        });
        string input = string.Concat(new[] { "rules", "none", "broken" }.SelectMany(name => Enumerable.Range(0, 20).Select(i => $"http://{name}.example/{(i % 2 == 0 ? "private" : "public")}/{i}\n")));

        BulkSummary summary = await _run.RunAsync(input, new() { Handler = host, ObeyRobots = true, MaxRetries = 0 });

        Assert.Equal([1, 1, 1], host.Visits.Where(visit => visit.Url.AbsolutePath == "/robots.txt").GroupBy(visit => visit.Url.Host).Select(visits => visits.Count()));
        Assert.Equal([("none.example", 20), ("rules.example", 10)], host.Visits.Where(visit => visit.Url.AbsolutePath != "/robots.txt").GroupBy(visit => visit.Url.Host).Select(visits => (visits.Key, visits.Count())).Order());
        Assert.Equal(30, summary.Progress.Errors[BulkErrorKind.Robots]);
    }

    [Fact]
    public async Task A_content_is_cut_at_the_limit()
    {
        await using HttpBin server = await HttpBin.StartAsync(null, TestContext.Current.CancellationToken);

        await _run.RunAsync($"{server.Url}/bytes/5000\n{server.Url}/stream-bytes/5000\n{server.Url}/bytes/900\n", new() { MaxBodyBytes = 1000 });

        Assert.Equal([(900, false), (1000, true), (1000, true)], _run.Records.Select(record => (record.GetProperty("bytes").GetInt32(), record.TryGetProperty("cut", out _))).Order());
    }

    [Fact]
    public async Task A_job_that_is_drained_goes_on_where_it_was()
    {
        using BulkHost slow = new(TimeSpan.FromMilliseconds(20));
        string input = string.Concat(Enumerable.Range(0, 300).Select(i => $"http://h{i % 10}.example/{i}\n"));
        await using (BulkJob job = await BulkJob.OpenAsync(_run.Options(input, new() { Handler = slow, MaxPerHost = 1 }), TestContext.Current.CancellationToken))
        {
            Task<BulkSummary> running = job.RunAsync(TestContext.Current.CancellationToken);
            while (job.Progress.Done < 30) await Task.Delay(5, TestContext.Current.CancellationToken);
            job.Drain();
            BulkSummary summary = await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            Assert.True(summary.IsInterrupted);
            Assert.Equal(summary.Progress.Done, _run.Records.Count);
        }

        using BulkHost quick = new();
        BulkSummary rest = await _run.RunAsync(input, new() { Handler = quick }, resume: true);

        Assert.Equal(FrontierState.Finished, rest.State);
        Assert.Equal(300, _run.Records.Count);
        Assert.Equal(300, slow.Visits.Count + quick.Visits.Count);
        Assert.Equal(300, _run.Records.Select(record => record.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_job_that_is_there_is_not_begun_again_by_mistake()
    {
        using BulkHost host = new();
        await _run.RunAsync("http://a.example/\n", new() { Handler = host });

        FrontierException error = await Assert.ThrowsAsync<FrontierException>(() => _run.RunAsync("http://a.example/\n", new()));
        Assert.Contains("resume", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_that_were_written_and_not_settled_are_not_fetched_again()
    {
        string input = string.Concat(Enumerable.Range(0, 50).Select(i => $"http://h.example/{i}\n"));
        using (BulkHost host = new()) await _run.RunAsync(input, new() { Handler = host });
        string[] lines = await File.ReadAllLinesAsync(_run.Output, TestContext.Current.CancellationToken);

        // As a kill would leave it: nothing settled, forty records written and half of one more.
        Directory.Delete(_run.In("job"), recursive: true);
        await File.WriteAllTextAsync(_run.Output, string.Join('\n', lines[..40]) + "\n" + lines[40][..(lines[40].Length / 2)], TestContext.Current.CancellationToken);
        await using (LocalFrontier frontier = await LocalFrontier.OpenAsync(_run.In("job"), null, TestContext.Current.CancellationToken))
        {
            await using InputReader reader = await InputReader.OpenAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)), InputFormat.Auto, TestContext.Current.CancellationToken);
            List<BulkRequest> batch = [];
            while (await reader.ReadAsync(batch, 100, TestContext.Current.CancellationToken)) await frontier.EnqueueAsync(batch, reader.LastLine, TestContext.Current.CancellationToken);
        }

        using BulkHost again = new();
        await _run.RunAsync(input, new() { Handler = again }, resume: true);

        Assert.Equal(10, again.Visits.Count);
        Assert.Equal(50, _run.Records.Select(record => record.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(50, _run.Records.Count);
    }

    [Fact]
    public async Task An_output_that_is_gone_is_told_when_the_job_goes_on()
    {
        using BulkHost host = new();
        await _run.RunAsync("http://a.example/\n", new() { Handler = host });
        File.Delete(_run.Output);

        SinkException error = await Assert.ThrowsAsync<SinkException>(() => _run.RunAsync("http://a.example/\n", new(), resume: true));
        Assert.Contains("is gone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_host_that_owns_half_of_all_does_not_slow_the_others()
    {
        string others = string.Concat(Enumerable.Range(0, 400).Select(i => $"http://h{i % 40}.example/{i}\n"));
        string all = string.Concat(Enumerable.Range(0, 400).Select(i => $"http://big.example/{i}\n")) + others;
        BulkOptions options = new() { MaxPerHost = 2 };

        using BulkHost alone = new(TimeSpan.FromMilliseconds(20));
        await _run.RunAsync(others, options with { Handler = alone });
        using JobRun together = new();
        using BulkHost both = new(TimeSpan.FromMilliseconds(20));
        await together.RunAsync(all, options with { Handler = both });

        TimeSpan ofAlone = SpanOf(alone.Visits), ofOthers = SpanOf([.. both.Visits.Where(visit => visit.Url.Host != "big.example")]);
        Assert.True(ofOthers <= (ofAlone * 1.2) + TimeSpan.FromMilliseconds(100), $"{ofAlone} alone, {ofOthers} together");

        static TimeSpan SpanOf(IReadOnlyCollection<BulkHost.Visit> visits) => visits.Max(visit => visit.Ended) - visits.Min(visit => visit.Began);
    }
}
