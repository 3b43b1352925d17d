namespace RequestsAsync.Testing;

/// <summary>Shows, sets and deletes cookies.</summary>
internal static class CookieEndpoints
{
    internal static void Map(BinRoutes routes)
    {
        routes.Get("/cookies", static call => call.JsonAsync(json =>
        {
            json.WriteStartObject("cookies");
            foreach (var (name, value) in BinCookies.Read(call).Distinct().OrderBy(static cookie => cookie.Name, StringComparer.Ordinal))
                json.WriteString(name, value);
            json.WriteEndObject();
        }));
        routes.Get("/cookies/set", static call =>
        {
            foreach (var (name, value) in call.Args.Distinct()) BinCookies.Set(call, name, value);
            return ShowAsync(call);
        });
        routes.Get("/cookies/set/{name}/{value}", static call =>
        {
            BinCookies.Set(call, call.Segment("name"), call.Segment("value"));
            return ShowAsync(call);
        });
        routes.Get("/cookies/delete", static call =>
        {
            foreach (var (name, _) in call.Args.Distinct()) BinCookies.Delete(call, name);
            return ShowAsync(call);
        });
    }

    private static Task ShowAsync(BinCall call) => RedirectEndpoints.FoundAsync(call, call.PathTo("/cookies"));
}
