namespace RequestsAsync.Interop;

/// <summary>A request to send to both servers.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">One for each line.</param>
/// <param name="Content">The body, or <see langword="null"/> for none.</param>
/// <param name="ContentType">Its type.</param>
internal sealed record BinRequest(string Method, string Target, string Headers = "", string? Content = null, string? ContentType = null)
{
    /// <summary>What to list it by.</summary>
    public override string ToString() => string.Join(' ', new[] { Method, Target, Headers, Content ?? "" }.Where(part => part.Length > 0));

    /// <summary>Sends it, and takes down what comes back.</summary>
    /// <param name="session">A session that follows nothing.</param>
    /// <param name="origin">The server.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<BinAnswer> SendAsync(Session session, string origin, CancellationToken cancellationToken)
    {
        RequestOptions options = new() { Cookies = { } };
        foreach (string line in Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] field = line.Split(": ", 2);
            options.Headers[field[0]] = field[1];
        }

        if (Content is not null) options.Content = Body.FromText(Content, ContentType);
        return BinAnswer.Of(await session.SendAsync(Method, origin + Target, options, cancellationToken), origin);
    }
}
