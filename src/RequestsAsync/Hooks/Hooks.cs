namespace RequestsAsync;

/// <summary>Functions that are called at the stations of a request. Each may be several: <c>+=</c> adds one, and they run in that order.</summary>
/// <remarks>
/// <para>For a hook without anything to await, return <c>default</c>: <c>OnResponse = (r, ct) => { Log(r); return default; }</c>.
/// The blocking verbs refuse a hook that does not complete at once with an <see cref="InvalidRequestException"/>.</para>
/// <para>What a hook throws ends the call and reaches the caller as it is. The session's hooks run before the request's own.</para>
/// </remarks>
public sealed class Hooks
{
    /// <summary>Before each sending, redirects and authentication rounds included; header fields may be changed.</summary>
    public Func<OutgoingRequest, CancellationToken, ValueTask>? OnRequest { get; set; }

    /// <summary>When the response of the call is there, before its body is read.</summary>
    public Func<Response, CancellationToken, ValueTask>? OnResponse { get; set; }

    /// <summary>When a redirect is about to be followed, with its response.</summary>
    public Func<Response, CancellationToken, ValueTask>? OnRedirect { get; set; }

    /// <summary>When a request is about to be sent once more: by its <see cref="Retry"/>, before the wait, or because an authentication scheme has an answer to what came back.</summary>
    public Func<RetryInfo, CancellationToken, ValueTask>? OnRetry { get; set; }

    /// <summary>When the call has failed, with what the caller will see.</summary>
    public Func<RequestException, CancellationToken, ValueTask>? OnError { get; set; }

    internal bool IsEmpty => OnRequest is null && OnResponse is null && OnRedirect is null && OnRetry is null && OnError is null;

    internal Hooks Clone() => (Hooks)MemberwiseClone();

    /// <summary>The session's and then the request's; <see langword="null"/> when there is none.</summary>
    internal static Hooks? Merge(Hooks? session, Hooks? request)
    {
        if (request is null or { IsEmpty: true }) return session;
        if (session is null) return request;

        return new()
        {
            OnRequest = session.OnRequest + request.OnRequest,
            OnResponse = session.OnResponse + request.OnResponse,
            OnRedirect = session.OnRedirect + request.OnRedirect,
            OnRetry = session.OnRetry + request.OnRetry,
            OnError = session.OnError + request.OnError,
        };
    }
}
