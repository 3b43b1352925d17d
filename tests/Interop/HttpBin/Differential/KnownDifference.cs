namespace RequestsAsync.Interop;

/// <summary>Where the two servers are meant to differ.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Aspects">What of the answers.</param>
/// <param name="Requests">To which requests, as they are listed.</param>
internal sealed record KnownDifference(string Reason, string[] Aspects, params string[] Requests)
{
    /// <summary>Each as request and aspect.</summary>
    public IEnumerable<string> Places => Requests.SelectMany(request => Aspects.Select(aspect => $"{request}: {aspect}"));
}
