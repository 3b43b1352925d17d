using System.Collections.Concurrent;
using RequestsAsync.Testing;

namespace RequestsAsync.Bulk.Tests;

/// <summary>Writes down when each request came to a mock and when it was answered.</summary>
internal sealed class BulkHost : DelegatingHandler
{
    private readonly ConcurrentQueue<Visit> _visits = new();

    /// <param name="answer">What a request is answered with.</param>
    /// <param name="takes">After which time.</param>
    public BulkHost(Func<MockCall, Reply> answer, TimeSpan takes = default)
    {
        MockTransport mock = new();
        mock.On("*", "*").Reply(call => answer(call).After(takes));
        InnerHandler = mock;
    }

    /// <summary>Answers everything with an x.</summary>
    public BulkHost(TimeSpan takes = default)
        : this(static _ => Reply.Text("x"), takes)
    {
    }

    public IReadOnlyCollection<Visit> Visits => _visits;

    /// <summary>The most requests that were at one host at a time.</summary>
    public int MostAt(string host) => _visits.Where(visit => visit.Url.Host == host).Select(visit => _visits.Count(other => other.Url.Host == host && other.Began <= visit.Began && other.Ended > visit.Began)).DefaultIfEmpty().Max();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        DateTimeOffset began = TimeProvider.System.GetUtcNow();
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            _visits.Enqueue(new(request.RequestUri!, request.Method.Method, began, TimeProvider.System.GetUtcNow()));
        }
    }

    internal sealed record Visit(Uri Url, string Method, DateTimeOffset Began, DateTimeOffset Ended);
}
