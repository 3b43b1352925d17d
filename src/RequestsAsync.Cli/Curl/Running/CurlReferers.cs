namespace RequestsAsync.Cli;

/// <summary>Names in each request of a redirect the URL that led there (<c>-e ';auto'</c>).</summary>
internal sealed class CurlReferers
{
    private Request? _request;
    private Url? _last;

    /// <summary>Sets <c>Referer</c> before a redirect's request is sent.</summary>
    public ValueTask NameAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        if (_request == request.Request && _last is not null && _last != request.Url)
        {
            string referer = _last.ToString(); // without user name and password
            int fragment = referer.IndexOf('#', StringComparison.Ordinal);
            request.Headers["Referer"] = fragment < 0 ? referer : referer[..fragment];
        }

        (_request, _last) = (request.Request, request.Url);
        return default;
    }
}
