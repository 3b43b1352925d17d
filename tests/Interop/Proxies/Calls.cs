namespace RequestsAsync.Interop;

/// <summary>Both ways to ask, so that a table can hold them to the same result.</summary>
internal static class Calls
{
    public static async Task<Response> FetchAsync(this Session session, string url, bool awaited = true)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        return awaited ? await session.GetAsync(url, cancellationToken: cancellationToken) : session.Get(url, cancellationToken: cancellationToken);
    }
}
