namespace RequestsAsync.Testing;

/// <summary>A request as a cassette sees it: without its secrets.</summary>
public sealed class CassetteRequest
{
    private readonly HarRequest _request;

    internal CassetteRequest(HarRequest request) => _request = request;

    /// <summary>The method.</summary>
    public string Method => _request.Method;

    /// <summary>The URL, without user name, password and fragment.</summary>
    public string Url => _request.Url;

    /// <summary>The header fields in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => _request.Headers;

    /// <summary>The content; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Content => _request.Body?.ToBytes() ?? [];

    /// <summary>Method and URL.</summary>
    public override string ToString() => $"{Method} {Url}";
}
