using System.Runtime.CompilerServices;

namespace RequestsAsync;

/// <summary>Brings every kind of input into one form, without reading ahead.</summary>
internal static class RequestSource
{
    public static async IAsyncEnumerable<Request> Of(IEnumerable<Request> requests)
    {
        foreach (Request request in requests)
            yield return request;

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public static IAsyncEnumerable<Request> Of(Session session, IEnumerable<string> urls) => Of(urls.Select(session.DescribeGet));

    public static async IAsyncEnumerable<Request> Of(Session session, IAsyncEnumerable<string> urls, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (string url in urls.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return session.DescribeGet(url);
    }

    /// <summary>How many there are, where that is known without looking.</summary>
    public static long? CountOf<T>(IEnumerable<T> input) => input.TryGetNonEnumeratedCount(out int count) ? count : null;
}
