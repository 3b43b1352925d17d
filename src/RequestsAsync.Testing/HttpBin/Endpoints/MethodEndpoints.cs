namespace RequestsAsync.Testing;

/// <summary>One endpoint for each method, and <c>/anything</c> for all: they show the request.</summary>
internal static class MethodEndpoints
{
    internal static void Map(BinRoutes routes)
    {
        routes.Get("/get", static call => call.JsonAsync(json => EchoJson.WriteRequest(json, call, EchoBody.None, EchoParts.Get)));
        routes.Map("/post", ["POST"], static call => EchoAsync(call, EchoParts.Post));
        routes.Map("/put", ["PUT"], static call => EchoAsync(call, EchoParts.Post));
        routes.Map("/patch", ["PATCH"], static call => EchoAsync(call, EchoParts.Post));
        routes.Map("/delete", ["DELETE"], static call => EchoAsync(call, EchoParts.Post));
        routes.Any("/anything", static call => EchoAsync(call, EchoParts.Anything));
        routes.Any("/anything/{**path}", static call => EchoAsync(call, EchoParts.Anything));
    }

    internal static async Task EchoAsync(BinCall call, EchoParts parts)
    {
        EchoBody body = await EchoBody.ReadAsync(call).ConfigureAwait(false);
        await call.JsonAsync(json => EchoJson.WriteRequest(json, call, body, parts)).ConfigureAwait(false);
    }
}
