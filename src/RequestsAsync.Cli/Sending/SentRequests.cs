namespace RequestsAsync.Cli;

/// <summary>Keeps the requests of a call as they go over the wire: one for each hop, in the form that was sent last.</summary>
/// <param name="isOffline">Whether they stop here.</param>
internal sealed class SentRequests(bool isOffline)
{
    private readonly List<byte[]> _hops = [];
    private bool _isNewHop = true;

    /// <summary>The bytes of each hop's request.</summary>
    public IReadOnlyList<byte[]> Hops => _hops;

    /// <summary>Listens to a call.</summary>
    /// <param name="hooks">The call's hooks.</param>
    /// <param name="cookies">The jar of its session.</param>
    public void Attach(Hooks hooks, CookieJar cookies)
    {
        hooks.OnRequest += async (outgoing, cancellationToken) =>
        {
            byte[] bytes = await CaptureAsync(outgoing, cookies, cancellationToken).ConfigureAwait(false);
            if (_isNewHop) _hops.Add(bytes);
            else _hops[^1] = bytes; // sent once more, with an answer to a challenge for example
            _isNewHop = false;
            if (isOffline) throw new StoppedException();
        };
        hooks.OnRedirect += (_, _) =>
        {
            _isNewHop = true;
            return default;
        };
    }

    private static Task<byte[]> CaptureAsync(OutgoingRequest outgoing, CookieJar cookies, CancellationToken cancellationToken)
    {
        // Content that can be read only once is for the server; what is kept of such a request is its head, which is the same without.
        Body? body = outgoing.Body is { CanReplay: false } once ? Body.FromAsyncStream(Nothing(), once.ContentType) : outgoing.Body;
        RequestOptions options = new() { Headers = outgoing.Headers, Content = body, Auth = Auth.None };
        Url url = outgoing.Url;
        return WireCapture.CaptureAsync(new Request(outgoing.Method, url.ToString(), options), url, cookies, cancellationToken);
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Nothing()
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield break;
    }

    /// <summary>The request was kept, and is not to be sent.</summary>
    internal sealed class StoppedException : Exception;
}
