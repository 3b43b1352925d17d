namespace RequestsAsync;

/// <summary>Reads method names (RFC 9110 §9.1: tokens, case-sensitive).</summary>
internal static class MethodNames
{
    private static readonly HttpMethod QueryMethod = new("QUERY");

    /// <summary>The method of a name. Lower case becomes upper case, as in <c>requests</c> and <c>httpx</c>: no server knows <c>get</c>.</summary>
    /// <exception cref="InvalidRequestException">The name is empty or holds something that no method may.</exception>
    public static HttpMethod Parse(string name) => name switch
    {
        "GET" => HttpMethod.Get,
        "POST" => HttpMethod.Post,
        "PUT" => HttpMethod.Put,
        "DELETE" => HttpMethod.Delete,
        "HEAD" => HttpMethod.Head,
        "OPTIONS" => HttpMethod.Options,
        "PATCH" => HttpMethod.Patch,
        "TRACE" => HttpMethod.Trace,
        "QUERY" => QueryMethod,
        _ => ParseOther(name),
    };

    /// <summary>Whether a second request does no more than the first (RFC 9110 §9.2.2).</summary>
    public static bool IsIdempotent(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Put || method == HttpMethod.Delete
        || method == HttpMethod.Options || method == HttpMethod.Trace || method == QueryMethod;

    private static HttpMethod ParseOther(string name)
    {
        if (HeaderRules.NameProblem(name) is not null)
            throw new InvalidRequestException($"The method '{name}' is not allowed: a method is one word of letters, digits and !#$%&'*+-.^_`|~ (RFC 9110 §9.1).");

        string upper = name.ToUpperInvariant();
        if (upper == "CONNECT") throw new InvalidRequestException("CONNECT opens a tunnel and is no request for content. Set a proxy instead.");
        return upper == name ? new HttpMethod(name) : Parse(upper);
    }
}
