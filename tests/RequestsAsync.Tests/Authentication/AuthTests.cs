using System.Net;

namespace RequestsAsync.Tests;

public sealed class AuthTests(BinFixture bin)
{
    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Basic_lets_in(bool awaited)
    {
        await using Session session = new();
        string url = bin.Url + "/basic-auth/us%C3%A9r/p%3Ass";

        Assert.Equal(401, (await session.SendAsync(awaited, "GET", url)).StatusCode);
        Assert.Equal(200, (await session.SendAsync(awaited, "GET", url, new() { Auth = ("usér", "p:ss") })).StatusCode);
        Assert.Equal(200, (await session.SendAsync(awaited, "GET", bin.Url.Replace("://", "://us%C3%A9r:p%3Ass@", StringComparison.Ordinal) + "/basic-auth/us%C3%A9r/p%3Ass")).StatusCode);
        Assert.Equal(401, (await session.SendAsync(awaited, "GET", url, new() { Auth = ("usér", "wrong") })).StatusCode);
    }

    [Theory]
    [InlineData("auth", "MD5", true)]
    [InlineData("auth", "MD5", false)]
    [InlineData("auth-int", "MD5", true)]
    [InlineData("auth", "SHA-256", true)]
    [InlineData("auth-int", "SHA-256", false)]
    [InlineData("auth", "SHA-512", true)]
    [InlineData("auth", "SHA-512-256", true)]
    [InlineData("auth", "MD5-sess", true)]
    [InlineData("auth-int", "SHA-256-sess", true)]
    public async Task Digest_lets_in(string qop, string algorithm, bool awaited)
    {
        await using Session session = new(new() { Auth = Auth.Digest("user", "pass") });
        string url = $"{bin.Url}/digest-auth/{qop}/user/pass/{algorithm}";

        Assert.Equal(200, (await session.SendAsync(awaited, "GET", url)).StatusCode);
        Assert.Equal(200, (await session.SendAsync(awaited, "POST", url, new() { Content = "body" })).StatusCode);
        Assert.Equal(200, (await session.SendAsync(awaited, "POST", url, new() { Content = new MemoryStream(new byte[1000]) })).StatusCode);
        Assert.Equal(401, (await session.SendAsync(awaited, "GET", url, new() { Auth = Auth.Digest("user", "wrong") })).StatusCode);
    }

    [Fact]
    public async Task Digest_asks_only_once_and_counts_on()
    {
        List<string?> sent = [];
        await using Session session = new(new MemoryHandler(message =>
        {
            sent.Add(message.Headers.TryGetValues("Authorization", out IEnumerable<string>? values) ? values.Single() : null);
            if (sent[^1] is not null) return MemoryHandler.Ok();
            HttpResponseMessage challenge = new(HttpStatusCode.Unauthorized);
            challenge.Headers.TryAddWithoutValidation("WWW-Authenticate", "Basic realm=\"r\", Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256");
            return challenge;
        }), new() { Auth = Auth.Digest("user", "pass") });

        for (int i = 0; i < 3; i++)
            Assert.Equal(200, (await session.GetAsync($"http://h/{i}")).StatusCode);

        Assert.Equal(4, sent.Count);
        Assert.Null(sent[0]);
        Assert.Equal(["nc=00000001", "nc=00000002", "nc=00000003"], sent.Skip(1).Select(field => field![field!.IndexOf("nc=", StringComparison.Ordinal)..][..11]));
    }

    [Fact]
    public async Task Content_that_can_be_read_only_once_is_not_sent_again_after_a_401()
    {
        await using Session session = new(new() { Auth = Auth.Digest("user", "pass") });
        BodyConsumedException e = await Assert.ThrowsAsync<BodyConsumedException>(
            () => session.PostAsync(bin.Url + "/digest-auth/auth/user/pass", new() { Content = Body.FromAsyncStream(Chunks()) }));
        Assert.Contains("only once", e.Message, StringComparison.Ordinal);
        Assert.Equal(401, e.Response!.StatusCode);

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks()
        {
            await Task.Yield();
            yield return new byte[3];
        }
    }

    [Fact]
    public async Task A_bearer_token_is_asked_for_once_and_again_after_a_401()
    {
        int asked = 0;
        string valid = "token-1";
        await using Session session = new(
            new MemoryHandler(message => message.Headers.Authorization?.Parameter == valid ? MemoryHandler.Ok() : new(HttpStatusCode.Unauthorized)),
            new()
            {
                Auth = Auth.Bearer(async _ =>
                {
                    await Task.Yield();
                    return $"token-{Interlocked.Increment(ref asked)}";
                }),
            });

        await session.GatherAsync(Enumerable.Repeat("http://h/", 50));
        Assert.Equal(1, asked);
        valid = "token-2";
        Assert.All(await session.GatherAsync(Enumerable.Repeat("http://h/", 50)), response => Assert.Equal(200, response.StatusCode));
        Assert.Equal(2, asked);
        valid = "never";
        Assert.Equal(401, (await session.GetAsync("http://h/")).StatusCode);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Many_401_at_once_ask_the_source_once()
    {
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int asked = 0;
        int refused = 0;
        await using Session session = new(
            new MemoryHandler(async (message, _) =>
            {
                if (message.Headers.Authorization!.Parameter == "token-2") return MemoryHandler.Ok();
                if (Interlocked.Increment(ref refused) == 100) all.SetResult();
                await all.Task; // every request is refused before one of them asks for a new token
                return new(HttpStatusCode.Unauthorized);
            }),
            new() { Auth = Auth.Bearer(_ => new($"token-{Interlocked.Increment(ref asked)}")) });

        IReadOnlyList<Response> responses = await session.GatherAsync(Enumerable.Repeat("http://h/", 100), new() { MaxConcurrency = 100 });

        Assert.All(responses, response => Assert.Equal(200, response.StatusCode));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_token_source_that_fails_is_a_request_error_and_is_asked_again_next_time()
    {
        int asked = 0;
        await using Session session = new(
            new MemoryHandler(_ => MemoryHandler.Ok()),
            new() { Auth = Auth.Bearer(_ => asked++ == 0 ? throw new InvalidOperationException("vault sealed") : new("t")) });

        RequestException e = await Assert.ThrowsAsync<RequestException>(() => session.GetAsync("http://h/"));
        Assert.Contains("vault sealed", e.Message, StringComparison.Ordinal);
        Assert.Equal(200, (await session.GetAsync("http://h/")).StatusCode);
    }

    public static TheoryData<string, RequestOptions, string?> Precedence => new()
    {
        { "http://h/", new(), "Basic c2Vzc2lvbjpz" },
        { "http://url:u@h/", new(), "Basic dXJsOnU=" },
        { "http://url:u@h/", new() { Headers = { ["Authorization"] = "Custom x" } }, "Custom x" },
        { "http://url:u@h/", new() { Headers = { ["Authorization"] = "Custom x" }, Auth = ("own", "o") }, "Basic b3duOm8=" },
        { "http://h/", new() { Auth = Auth.Bearer("t") }, "Bearer t" },
        { "http://h/", new() { Auth = Auth.None }, null },
    };

    [Theory]
    [MemberData(nameof(Precedence))]
    public async Task What_is_nearer_to_the_request_wins(string url, RequestOptions options, string? expected)
    {
        string? sent = null;
        await using Session session = new(
            new MemoryHandler(message =>
            {
                sent = message.Headers.TryGetValues("Authorization", out IEnumerable<string>? values) ? values.Single() : null;
                return MemoryHandler.Ok();
            }),
            new() { Auth = ("session", "s") });

        await session.GetAsync(url, options);

        Assert.Equal(expected, sent);
    }

    [Fact]
    public async Task Netrc_has_credentials_for_its_hosts_alone()
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "machine one login a password b\nmachine two login c password d\n");
            List<string?> sent = [];
            await using Session session = new(
                new MemoryHandler(message =>
                {
                    sent.Add(message.Headers.Authorization?.Parameter);
                    HttpResponseMessage answer = message.RequestUri!.Host == "one" ? new(HttpStatusCode.Found) : MemoryHandler.Ok();
                    if (message.RequestUri.Host == "one") answer.Headers.Location = new("http://two/");
                    return answer;
                }),
                new() { Auth = Auth.Netrc(path) });

            await session.GetAsync("http://one/");
            await session.GetAsync("http://three/");

            Assert.Equal(["YTpi", "Yzpk", null], sent);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_netrc_that_is_missing_or_damaged_is_told_before_anything_is_sent()
    {
        await using Session session = new(new MemoryHandler(_ => throw new InvalidOperationException("sent")), new() { Auth = Auth.Netrc("/no/such/netrc") });
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.GetAsync("http://h/"));
        Assert.Throws<InvalidRequestException>(() => Auth.Basic("a:b", "c"));
        Assert.Throws<InvalidRequestException>(() => Auth.Bearer("a\nb"));
        Assert.Throws<InvalidRequestException>(() => Auth.Bearer(""));
    }

    [Fact]
    public async Task An_own_scheme_looks_at_the_answer_and_sends_again()
    {
        List<string?> sent = [];
        await using Session session = new(new MemoryHandler(message =>
        {
            sent.Add(message.Headers.TryGetValues("X-Signature", out IEnumerable<string>? values) ? values.Single() : null);
            HttpResponseMessage answer = sent.Count == 1 ? new(HttpStatusCode.Unauthorized) : MemoryHandler.Ok();
            answer.Headers.Add("X-Nonce", $"n{sent.Count}");
            return answer;
        }));

        Response response = await session.GetAsync("http://h/x", new() { Auth = new NonceScheme() });

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(["first", "GET http://h/x n1"], sent);
    }

    [Fact]
    public async Task A_scheme_that_never_has_enough_is_stopped()
    {
        int sent = 0;
        await using Session session = new(new MemoryHandler(_ =>
        {
            sent++;
            return new(HttpStatusCode.Unauthorized);
        }));
        Assert.Equal(401, (await session.GetAsync("http://h/", new() { Auth = new Insatiable() })).StatusCode);
        Assert.Equal(10, sent);
    }

    private sealed class NonceScheme : Auth
    {
        protected internal override ValueTask AuthorizeAsync(OutgoingRequest request, CancellationToken cancellationToken)
        {
            request.Headers["X-Signature"] = request.State is string nonce ? $"{request.Method} {request.Url} {nonce}" : "first";
            return ValueTask.CompletedTask;
        }

        protected internal override ValueTask<bool> ShouldSendAgainAsync(OutgoingRequest request, Response response, CancellationToken cancellationToken)
        {
            request.State = response.Headers["X-Nonce"];
            return new(response.StatusCode == 401);
        }
    }

    private sealed class Insatiable : Auth
    {
        protected internal override ValueTask AuthorizeAsync(OutgoingRequest request, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        protected internal override ValueTask<bool> ShouldSendAgainAsync(OutgoingRequest request, Response response, CancellationToken cancellationToken) => new(true);
    }
}
