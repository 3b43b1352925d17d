using System.Collections.Concurrent;
using System.Net;

namespace RequestsAsync.Bulk.Tests;

/// <summary>Answers requests in the process, by a function, and writes down when each came and went.</summary>
internal sealed class BulkHost(Func<HttpRequestMessage, HttpResponseMessage> answer, TimeSpan takes = default) : HttpMessageHandler
{
    private readonly ConcurrentQueue<Visit> _visits = new();

    public IReadOnlyCollection<Visit> Visits => _visits;

    /// <summary>The most requests that were at one host at a time.</summary>
    public int MostAt(string host) => _visits.Where(visit => visit.Url.Host == host).Select(visit => _visits.Count(other => other.Url.Host == host && other.Began <= visit.Began && other.Ended > visit.Began)).DefaultIfEmpty().Max();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        DateTimeOffset began = TimeProvider.System.GetUtcNow();
        if (takes > TimeSpan.Zero) await Task.Delay(takes, cancellationToken);
        try
        {
            HttpResponseMessage response = answer(request);
            response.RequestMessage = request;
            return response;
        }
        finally
        {
            _visits.Enqueue(new(request.RequestUri!, request.Method.Method, began, TimeProvider.System.GetUtcNow()));
        }
    }

    public static HttpResponseMessage Text(string text, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(text) };

    public static HttpResponseMessage Redirect(string to, HttpStatusCode status = HttpStatusCode.Found)
    {
        HttpResponseMessage response = new(status);
        response.Headers.TryAddWithoutValidation("Location", to);
        return response;
    }

    internal sealed record Visit(Uri Url, string Method, DateTimeOffset Began, DateTimeOffset Ended);
}
