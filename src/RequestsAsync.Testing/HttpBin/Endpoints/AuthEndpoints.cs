using System.Text;

namespace RequestsAsync.Testing;

/// <summary>Basic (RFC 7617) and Bearer (RFC 6750) authentication.</summary>
internal static class AuthEndpoints
{
    private const string Basic = "Basic ";
    private const string Bearer = "Bearer ";

    internal static void Map(BinRoutes routes)
    {
        routes.Get("/basic-auth/{user}/{passwd}", static call => BasicAsync(call, failure: 401));
        routes.Get("/hidden-basic-auth/{user}/{passwd}", static call => BasicAsync(call, failure: 404));
        routes.Get("/bearer", BearerAsync);
    }

    internal static Task WelcomeAsync(BinCall call, string user) => call.JsonAsync(json =>
    {
        json.WriteBoolean("authenticated", true);
        json.WriteString("user", user);
    });

    private static Task BasicAsync(BinCall call, int failure)
    {
        string user = call.Segment("user");
        return DecodeBasic(call.Request.Headers.Authorization) == $"{user}:{call.Segment("passwd")}"
            ? WelcomeAsync(call, user)
            : StatusEndpoints.AnswerAsync(call, failure);
    }

    private static string? DecodeBasic(string? header)
    {
        if (header is null || !header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase)) return null;
        byte[] decoded = new byte[header.Length];
        return Convert.TryFromBase64String(header[Basic.Length..].Trim(), decoded, out int length)
            ? Encoding.UTF8.GetString(decoded, 0, length)
            : null;
    }

    private static Task BearerAsync(BinCall call)
    {
        string? header = call.Request.Headers.Authorization;
        if (header is null || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            call.Response.Headers.WWWAuthenticate = "Bearer";
            return call.SendAsync(401);
        }

        return call.JsonAsync(json =>
        {
            json.WriteBoolean("authenticated", true);
            json.WriteString("token", header[Bearer.Length..]);
        });
    }
}
