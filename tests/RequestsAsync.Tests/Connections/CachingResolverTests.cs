using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Tests;

public sealed class CachingResolverTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Answers_are_kept_for_their_time_and_then_asked_for_again()
    {
        int count = 0;
        StubResolver stub = new((_, _) => new([new IPAddress([10, 0, 0, (byte)++count])]));
        using CachingResolver resolver = new(stub, Lifetime, _time);

        Assert.Equal("10.0.0.1", await FirstAsync());
        _time.Advance(Lifetime - TimeSpan.FromTicks(1));
        Assert.Equal("10.0.0.1", await FirstAsync());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("10.0.0.2", await FirstAsync());
        Assert.Equal(["h", "h"], stub.Asked);

        async Task<string> FirstAsync() => (await resolver.ResolveAsync("h", CancellationToken.None))[0].ToString();
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(-1, 1)] // no limit
    public async Task The_lifetime_may_be_nothing_or_endless(int milliseconds, int asked)
    {
        StubResolver stub = new("10.0.0.1");
        using CachingResolver resolver = new(stub, TimeSpan.FromMilliseconds(milliseconds), _time);

        await resolver.ResolveAsync("h", CancellationToken.None);
        _time.Advance(TimeSpan.FromDays(1000));
        await resolver.ResolveAsync("h", CancellationToken.None);

        Assert.Equal(asked, stub.Asked.Length);
    }

    [Fact]
    public async Task A_hundred_who_wait_for_one_host_ask_once()
    {
        TaskCompletionSource<IReadOnlyList<IPAddress>> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StubResolver stub = new((_, _) => new(answer.Task));
        using CachingResolver resolver = new(stub, Lifetime, _time);

        Task<IPAddress[]>[] waiting = [.. Enumerable.Range(0, 100).Select(_ => Task.Run(() => resolver.ResolveAsync("h", CancellationToken.None).AsTask()))];
        while (stub.Asked.Length == 0) await Task.Yield();
        answer.SetResult([IPAddress.Loopback]);

        Assert.All(await Task.WhenAll(waiting), addresses => Assert.Equal([IPAddress.Loopback], addresses));
        Assert.Equal(["h"], stub.Asked);
    }

    [Fact]
    public async Task Who_stops_waiting_ends_nobody_elses_lookup()
    {
        TaskCompletionSource<IReadOnlyList<IPAddress>> answer = new();
        CancellationToken lookup = default;
        StubResolver stub = new((_, cancellationToken) =>
        {
            lookup = cancellationToken;
            return new(answer.Task);
        });
        using CachingResolver resolver = new(stub, Lifetime, _time);
        using CancellationTokenSource cancellation = new();

        Task<IPAddress[]> impatient = resolver.ResolveAsync("h", cancellation.Token).AsTask();
        Task<IPAddress[]> patient = resolver.ResolveAsync("h", CancellationToken.None).AsTask();
        await cancellation.CancelAsync();

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal(cancellation.Token, e.CancellationToken);
        Assert.False(lookup.IsCancellationRequested);
        answer.SetResult([IPAddress.Loopback]);
        Assert.Equal([IPAddress.Loopback], await patient);
        Assert.Single(stub.Asked);
    }

    [Fact]
    public async Task A_lookup_that_nobody_waits_for_is_cancelled_and_the_next_asks_anew()
    {
        List<CancellationToken> lookups = [];
        List<TaskCompletionSource<IReadOnlyList<IPAddress>>> answers = [];
        StubResolver stub = new((_, cancellationToken) =>
        {
            lookups.Add(cancellationToken);
            answers.Add(new());
            return new(answers[^1].Task);
        });
        using CachingResolver resolver = new(stub, Lifetime, _time);
        using CancellationTokenSource cancellation = new();

        Task<IPAddress[]> first = resolver.ResolveAsync("h", cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.True(lookups[0].IsCancellationRequested);

        Task<IPAddress[]> second = resolver.ResolveAsync("h", CancellationToken.None).AsTask();
        answers[0].SetResult([IPAddress.Parse("10.0.0.1")]); // it did not heed the token, and comes too late
        Assert.False(second.IsCompleted);
        answers[1].SetResult([IPAddress.Parse("10.0.0.2")]);

        Assert.Equal([IPAddress.Parse("10.0.0.2")], await second);
        Assert.Equal([IPAddress.Parse("10.0.0.2")], await resolver.ResolveAsync("h", CancellationToken.None));
        Assert.False(lookups[1].IsCancellationRequested);
    }

    [Fact]
    public async Task Failures_are_not_kept_and_each_waiter_has_an_exception_of_its_own()
    {
        TaskCompletionSource<IReadOnlyList<IPAddress>> answer = new();
        bool fails = true;
        StubResolver stub = new((_, _) => fails ? new(answer.Task) : new([IPAddress.Loopback]));
        using CachingResolver resolver = new(stub, Lifetime, _time);

        Task<IPAddress[]> first = resolver.ResolveAsync("h", CancellationToken.None).AsTask();
        Task<IPAddress[]> second = resolver.ResolveAsync("h", CancellationToken.None).AsTask();
        answer.SetException(new SocketException((int)SocketError.TryAgain));

        NameResolutionException one = await Assert.ThrowsAsync<NameResolutionException>(() => first);
        NameResolutionException other = await Assert.ThrowsAsync<NameResolutionException>(() => second);
        Assert.NotSame(one, other);
        Assert.Equal("the host 'h' cannot be resolved: the name server did not answer. Is the network up?", one.Message);
        Assert.Equal(SocketError.TryAgain, Assert.IsType<SocketException>(one.InnerException).SocketErrorCode);
        fails = false;
        Assert.Equal([IPAddress.Loopback], await resolver.ResolveAsync("h", CancellationToken.None));
    }

    [Fact]
    public async Task Whatever_a_resolver_does_wrong_is_a_failed_resolution()
    {
        await ExpectAsync("cannot be resolved: no luck", (_, _) => throw new InvalidOperationException("no luck"));
        await ExpectAsync("cannot be resolved: no luck", async (_, _) =>
        {
            await Task.Yield();
            throw new TimeoutException("no luck");
        });
        await ExpectAsync("cannot be resolved: ", (_, _) => throw new OperationCanceledException());
        await ExpectAsync("has no address", (_, _) => new([]));
        await ExpectAsync("cannot be resolved: ", (_, _) => new((IReadOnlyList<IPAddress>)null!));
        await ExpectAsync("cannot be resolved: the resolver gave null as an address.", (_, _) => new([null!]));

        async Task ExpectAsync(string message, Func<string, CancellationToken, ValueTask<IReadOnlyList<IPAddress>>> answer)
        {
            using CachingResolver resolver = new(new StubResolver(answer), Lifetime, _time);
            NameResolutionException e = await Assert.ThrowsAsync<NameResolutionException>(() => resolver.ResolveAsync("h", CancellationToken.None).AsTask());
            Assert.Contains("the host 'h' " + message, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Endless_hosts_do_not_fill_the_memory()
    {
        StubResolver stub = new("10.0.0.1");
        using CachingResolver resolver = new(stub, Lifetime, _time);
        for (int i = 0; i <= CachingResolver.Capacity; i++)
            await resolver.ResolveAsync($"h{i}", CancellationToken.None);

        await resolver.ResolveAsync("h1", CancellationToken.None);
        await resolver.ResolveAsync("h0", CancellationToken.None); // the oldest had to go

        Assert.Equal(CachingResolver.Capacity + 2, stub.Asked.Length);
        Assert.Equal("h0", stub.Asked[^1]);
    }

    [Fact]
    public async Task Mapped_addresses_are_IPv4()
    {
        using CachingResolver resolver = new(new StubResolver("::ffff:10.0.0.1"), Lifetime, _time);

        Assert.Equal([IPAddress.Parse("10.0.0.1")], await resolver.ResolveAsync("h", CancellationToken.None));
    }

    [Fact]
    public async Task Disposal_cancels_the_lookup_and_ends_the_waiting()
    {
        CancellationToken lookup = default;
        StubResolver stub = new((_, cancellationToken) =>
        {
            lookup = cancellationToken;
            return new(new TaskCompletionSource<IReadOnlyList<IPAddress>>().Task);
        });
        CachingResolver resolver = new(stub, Lifetime, _time);
        Task<IPAddress[]> waiting = resolver.ResolveAsync("h", CancellationToken.None).AsTask();

        resolver.Dispose();

        Assert.True(lookup.IsCancellationRequested);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => resolver.ResolveAsync("h", CancellationToken.None).AsTask());
    }
}
