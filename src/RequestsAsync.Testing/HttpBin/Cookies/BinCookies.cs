using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Testing;

/// <summary>The cookies of one request, and those to set with its answer.</summary>
internal static class BinCookies
{
    /// <summary>The cookies the client sent, in its order.</summary>
    internal static Fields Read(BinCall call)
    {
        var cookies = new Fields();
        foreach (string? line in call.Request.Headers.Cookie)
        {
            foreach (string pair in (line ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                int equals = pair.IndexOf('=', StringComparison.Ordinal);
                if (equals < 0) cookies.Add(pair, "");
                else cookies.Add(pair[..equals].TrimEnd(), CookieText.Unquote(pair[(equals + 1)..].TrimStart()));
            }
        }

        return cookies;
    }

    /// <summary>The first cookie of exactly this name.</summary>
    internal static string? Find(this Fields cookies, string name)
    {
        foreach ((string key, string value) in cookies.Items)
        {
            if (key == name) return value;
        }

        return null;
    }

    internal static void Set(BinCall call, string name, string value) =>
        Append(call, name, $"{CookieText.Quote(value)};{(call.Request.IsHttps ? " Secure;" : "")} Path=/");

    internal static void Delete(BinCall call, string name) =>
        Append(call, name, "; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/");

    private static void Append(BinCall call, string name, string rest)
    {
        if (!HeaderRules.IsToken(name)) throw new RejectedException($"Not a cookie name: {name}");
        call.Response.Headers.Append("Set-Cookie", $"{name}={rest}");
    }
}
