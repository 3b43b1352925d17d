using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Testing;

/// <summary>The cross-origin headers, which httpbin puts on every answer and so lets any page call it.</summary>
internal static class Cors
{
    internal static void Apply(HttpContext http)
    {
        IHeaderDictionary request = http.Request.Headers, response = http.Response.Headers;
        response.AccessControlAllowOrigin = request.Origin is [{ Length: > 0 } origin, ..] ? origin : "*";
        response.AccessControlAllowCredentials = "true";
        if (!HttpMethods.IsOptions(http.Request.Method)) return;
        response.AccessControlAllowMethods = "GET, POST, PUT, DELETE, PATCH, OPTIONS";
        response.AccessControlMaxAge = "3600";
        if (request.AccessControlRequestHeaders.Count > 0) response.AccessControlAllowHeaders = request.AccessControlRequestHeaders;
    }
}
