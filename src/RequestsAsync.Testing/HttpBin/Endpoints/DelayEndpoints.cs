namespace RequestsAsync.Testing;

/// <summary><c>/delay/{seconds}</c>: the answer of <c>/anything</c>, late. A request that waits is a timer and holds no thread.</summary>
internal static class DelayEndpoints
{
    private const double MaxSeconds = 10;

    internal static void Map(BinRoutes routes) => routes.Any("/delay/{seconds}", static async call =>
    {
        TimeSpan delay = BinCall.ParseSeconds(call.Segment("seconds"), MaxSeconds);
        EchoBody body = await EchoBody.ReadAsync(call).ConfigureAwait(false);
        await call.DelayAsync(delay).ConfigureAwait(false);
        await call.JsonAsync(json => EchoJson.WriteRequest(json, call, body, EchoParts.Anything)).ConfigureAwait(false);
    });
}
