using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Testing;

/// <summary>Answers a path that no endpoint has.</summary>
internal static class UnknownPath
{
    internal static Task AnswerAsync(HttpContext http)
    {
        Cors.Apply(http);
        return ErrorPage.SendAsync(new BinCall(http, "", TimeProvider.System), StatusCodes.Status404NotFound);
    }
}
