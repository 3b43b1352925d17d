namespace RequestsAsync;

/// <summary>Stands around a whole call: may change the request, send it more than once, or give back another answer.</summary>
/// <param name="request">What is asked for; <see cref="Request.With"/> makes a changed one.</param>
/// <param name="next">Sends it on: to the next middleware, and at last to the network.</param>
/// <param name="cancellationToken">The caller's token; hand it to <paramref name="next"/>.</param>
/// <returns>The response that the caller gets.</returns>
/// <remarks>In the blocking verbs it must complete at once, as it does when it awaits nothing but <paramref name="next"/>.</remarks>
public delegate ValueTask<Response> Middleware(Request request, Func<Request, CancellationToken, ValueTask<Response>> next, CancellationToken cancellationToken);
