namespace RequestsAsync.Testing;

/// <summary>Single facts of the request.</summary>
internal static class InspectionEndpoints
{
    internal static void Map(BinRoutes routes)
    {
        routes.Get("/headers", static call => call.JsonAsync(json => EchoHeaders.Write(json, "headers", call)));
        routes.Get("/ip", static call => call.JsonAsync(json => json.WriteString("origin", EchoHeaders.Origin(call))));
        routes.Get("/user-agent", static call =>
        {
            string? agent = call.Request.Headers.UserAgent;
            return call.JsonAsync(json => json.WriteString("user-agent", agent));
        });
    }
}
