using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace RequestsAsync.Testing;

/// <summary>
/// Answers requests in memory, by routes, in place of the network: under <c>new Session(mock)</c> and <c>new HttpClient(mock)</c> alike, awaited or blocking.
/// </summary>
/// <example>
/// <code>
/// var mock = new MockTransport();
/// mock.On("GET", "https://api.example.com/users/{id}").Reply(call => Reply.Json(new { id = call["id"] }));
/// await using var session = new Session(mock);
/// var user = await session.GetAsync("https://api.example.com/users/7");
/// mock.Verify();
/// </code>
/// </example>
/// <remarks>
/// <para>The first route that fits a request answers it, in the order in which they were made, as in respx and MockHttp; one that has answered as often as it
/// may (<see cref="MockRoute.Times"/>) is passed over, as in nock. A request without a route is an <see cref="UnmatchedRequestException"/>.</para>
/// <para>It does no more than a transport: redirects, cookies, credentials and decoding are what a <see cref="Session"/> adds, and a bare
/// <see cref="HttpClient"/> over it has none of them.</para>
/// <para>Safe for any number of threads. Disposing it does nothing, so that it can be shared, and asked afterwards.</para>
/// </remarks>
public sealed partial class MockTransport : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly bool _hasClock;
    private readonly List<MockCall> _calls = [];
    private volatile MockRoute[] _routes = [];
    private volatile SeededDraw? _draw;

    /// <summary>Creates a mock without routes.</summary>
    /// <param name="clock">
    /// The clock of delays and slow bodies, and of the <c>Date</c> field. <see langword="null"/>: the system's, and no <c>Date</c> is sent, so that no test depends on it.
    /// </param>
    public MockTransport(TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _hasClock = clock is not null;
    }

    /// <summary>The calls so far, in the order in which they came, those without a route and those without an answer too.</summary>
    public IReadOnlyList<MockCall> Calls
    {
        get
        {
            lock (_gate) return [.. _calls];
        }
    }

    /// <summary>Begins a route. It takes part once it has a reply.</summary>
    /// <param name="method">The method; <c>*</c> for any.</param>
    /// <param name="url">
    /// <para>Which URLs: a whole one (<c>https://api.example.com/users/7?page=1</c>), a path for any origin (<c>/users/7</c>), or <c>*</c> for all.</para>
    /// <para>In a path <c>*</c> is any part of one segment, <c>{name}</c> one that is not empty and can be asked for, and <c>**</c> any number of segments. In a host
    /// <c>*</c> is any part of it, and <c>{name}</c> one label. A port must be the same, and that of the scheme where none is named; <c>:*</c> is any. A query
    /// is one that the request must have, among others.</para>
    /// </param>
    /// <exception cref="ArgumentException">The method or the pattern is none.</exception>
    public MockRoute On(string method, string url)
    {
        UrlTemplate pattern = UrlTemplate.Parse(url, out string? query);
        MockRoute route = Add(method, pattern);
        foreach ((string name, string value) in FormUrlDecoder.Read(query ?? ""))
            route.WithQuery(name, value);
        return route;
    }

    /// <summary>Begins a route for the URLs in which a regular expression finds something; its named groups are the call's parameters.</summary>
    /// <param name="method">The method; <c>*</c> for any.</param>
    /// <param name="url">The expression, for the whole URL as it is sent.</param>
    /// <exception cref="ArgumentException">The method is none.</exception>
    public MockRoute On(string method, Regex url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return Add(method, new RegexPattern(url));
    }

    /// <summary>Lets a fault take the place of some answers of any route, drawn by <see cref="MockCall.Number"/>; it goes before those of the route.</summary>
    /// <inheritdoc cref="MockRoute.WithFault"/>
    public MockTransport WithFault(Fault fault, double rate, int seed)
    {
        _draw = DrawOf(fault, rate, seed);
        return this;
    }

    /// <summary>Checks that every route was called as often as it should be, at least once where nothing was said, and that no request was without one.</summary>
    /// <exception cref="MockVerificationException">It was not so.</exception>
    public void Verify()
    {
        IReadOnlyList<MockCall> calls = Calls;
        List<string> complaints = [.. _routes.Select(route => route.Complaint()).OfType<string>()];
        complaints.AddRange(calls.Where(call => call.Route is null).Select(call => $"{call}: no route matches it"));
        if (complaints.Count > 0) throw new MockVerificationException(VerificationText.Of(complaints, calls));
    }

    /// <summary>How many routes and calls there are.</summary>
    public override string ToString() => $"<MockTransport [{_routes.Length} routes, {Calls.Count} calls]>";

    /// <summary>Does nothing: there is nothing to free, and calls can be asked for afterwards.</summary>
    [SuppressMessage("Usage", "CA2215", Justification = "A disposed handler could not be shared.")]
    protected override void Dispose(bool disposing)
    {
        // As it says.
    }

    internal static SeededDraw DrawOf(Fault fault, double rate, int seed)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (rate is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate is from 0 to 1.");
        return new SeededDraw(fault, rate, seed);
    }

    private MockRoute Add(string method, RoutePattern pattern)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (method != "*" && !HeaderRules.IsToken(method)) throw new ArgumentException($"'{method}' is no method. '*' is any.", nameof(method));

        MockRoute route = new(this, method.ToUpperInvariant(), pattern);
        lock (_gate) _routes = [.. _routes, route];
        return route;
    }
}
