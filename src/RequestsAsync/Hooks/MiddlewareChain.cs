namespace RequestsAsync;

/// <summary>Middleware around a call, the first of them outermost.</summary>
internal static class MiddlewareChain
{
    public static ValueTask<Response> RunAsync(
        IReadOnlyList<Middleware> middleware, int at, Request request, Func<Request, CancellationToken, ValueTask<Response>> send, CancellationToken cancellationToken) =>
        at == middleware.Count
            ? send(request, cancellationToken)
            : middleware[at](request, (changed, ct) => RunAsync(middleware, at + 1, changed, send, ct), cancellationToken);
}
