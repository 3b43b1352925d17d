using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Testing;

/// <summary>
/// One endpoint with the manners that all of them share: exact paths, allowed methods, cross-origin headers, and an answer of the 4xx
/// kind for whatever is wrong with a request.
/// </summary>
/// <remarks>Methods are checked here, not by routing, so that a 405 and an OPTIONS are the same in any application they are mounted into.</remarks>
internal sealed class BinRoute
{
    private readonly Func<BinCall, Task> _answer;
    private readonly string[] _methods;
    private readonly string _allow;
    private readonly string _literal;
    private readonly int _depth;
    private readonly bool _endsOpen;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;

    internal BinRoute(string pattern, string[] methods, Func<BinCall, Task> answer, TimeProvider time, CancellationToken stopping)
    {
        _answer = answer;
        _methods = methods;
        _time = time;
        _stopping = stopping;
        bool hasGet = methods.Contains(HttpMethods.Get, StringComparer.Ordinal);
        _allow = string.Join(", ", [.. methods, .. hasGet ? [HttpMethods.Head] : Array.Empty<string>(), HttpMethods.Options]);
        int parameter = pattern.IndexOf('{', StringComparison.Ordinal);
        _literal = parameter < 0 ? pattern : pattern[..parameter];
        _depth = pattern.AsSpan().Count('/');
        _endsOpen = pattern is "/" || pattern.Contains("{**", StringComparison.Ordinal);
    }

    internal async Task InvokeAsync(HttpContext http)
    {
        if (_stopping.IsCancellationRequested)
        {
            http.Abort(); // In memory, nothing else keeps a request out.
            return;
        }

        var call = new BinCall(http, MountOf(http.Request), _time, _stopping);
        Cors.Apply(http);
        try
        {
            await AnswerAsync(call).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && HasNoReader(call))
        {
            http.Abort();
        }
        catch (RejectedException e)
        {
            await RejectAsync(call, e.Status, e.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await RejectAsync(call, e.StatusCode, e.Message).ConfigureAwait(false);
        }
    }

    private Task AnswerAsync(BinCall call)
    {
        string path = call.Request.Path.Value ?? "";

        // Routing is blind to letter case and to a slash at the end; httpbin is not.
        bool isExact = _endsOpen || !path.EndsWith('/');
        if (!isExact || (_literal is not "/" && !path.Contains(_literal, StringComparison.Ordinal)))
            return ErrorPage.SendAsync(call, StatusCodes.Status404NotFound);

        string method = call.Request.Method;
        if (Allows(HttpMethods.IsHead(method) ? HttpMethods.Get : method)) return _answer(call);
        call.Response.Headers.Allow = _allow;
        return HttpMethods.IsOptions(method)
            ? call.SendAsync(StatusCodes.Status200OK)
            : ErrorPage.SendAsync(call, StatusCodes.Status405MethodNotAllowed);
    }

    private bool HasNoReader(BinCall call) => call.Aborted.IsCancellationRequested || _stopping.IsCancellationRequested;

    private bool Allows(string method) => _methods.Contains(method, StringComparer.Ordinal);

    // What stands before the endpoint's own segments: where a group of routes was mounted.
    private string MountOf(HttpRequest request)
    {
        string path = request.Path.Value ?? "";
        int end = path.Length;
        for (int left = _depth; left > 0 && end > 0; left--) end = path.LastIndexOf('/', end - 1);
        return end <= 0 || _endsOpen ? request.PathBase.ToUriComponent() : request.PathBase.Add(path[..end]).ToUriComponent();
    }

    private static Task RejectAsync(BinCall call, int status, string message)
    {
        if (call.Response.HasStarted)
        {
            call.Http.Abort();
            return Task.CompletedTask;
        }

        call.Response.Clear();
        Cors.Apply(call.Http);
        return status == StatusCodes.Status404NotFound ? ErrorPage.SendAsync(call, status) : call.TextAsync(message + "\n", status);
    }
}
