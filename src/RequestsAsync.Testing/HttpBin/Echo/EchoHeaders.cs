using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Testing;

/// <summary>What the header section of a request says: the fields, where it came from, and the URL it was for.</summary>
internal static class EchoHeaders
{
    // httpbin.org stands behind proxies and hides what they add, unless the query has show_env.
    private static readonly HashSet<string> Hidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connect-Time", "Total-Route-Time", "Via", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Forwarded-Protocol",
        "X-Forwarded-Ssl", "X-Heroku-Dynos-In-Use", "X-Heroku-Queue-Depth", "X-Heroku-Queue-Wait-Time", "X-Real-Ip", "X-Request-Id",
        "X-Request-Start", "X-Varnish",
    };

    internal static void Write(Utf8JsonWriter json, string member, BinCall call)
    {
        bool showsAll = call.Args.First("show_env") is not null;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, var values) in call.Request.Headers)
        {
            // Server and client may both spell a pseudo-header of HTTP/2 as a header; it is none.
            if (name.StartsWith(':') || (!showsAll && Hidden.Contains(name))) continue;
            headers[TitleCase(name)] = string.Join(',', values.ToArray());
        }

        json.WriteStartObject(member);
        foreach ((string name, string value) in headers) json.WriteString(name, value);
        json.WriteEndObject();
    }

    internal static string Origin(BinCall call)
    {
        if (call.Request.Headers["X-Forwarded-For"] is { Count: > 0 } forwarded) return string.Join(',', forwarded.ToArray());
        return call.Http.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1";
    }

    internal static string Url(BinCall call)
    {
        IHeaderDictionary headers = call.Request.Headers;
        string? scheme = headers["X-Forwarded-Proto"] is [{ Length: > 0 } proto, ..] ? proto
            : headers["X-Forwarded-Protocol"] is [{ Length: > 0 } protocol, ..] ? protocol
            : headers["X-Forwarded-Ssl"] is ["on", ..] ? "https"
            : null;
        string url = call.Authority + call.Target;
        return scheme is null ? url : scheme + url[url.IndexOf("://", StringComparison.Ordinal)..];
    }

    /// <summary><c>x-b3-traceid</c> becomes <c>X-B3-Traceid</c>, and <c>DNT</c> <c>Dnt</c>: WSGI keeps no letter case.</summary>
    internal static string TitleCase(string name) => string.Create(name.Length, name, static (span, name) =>
    {
        bool isInWord = false;
        for (int i = 0; i < name.Length; i++)
        {
            span[i] = isInWord ? char.ToLowerInvariant(name[i]) : char.ToUpperInvariant(name[i]);
            isInWord = char.IsAsciiLetter(name[i]);
        }
    });
}
