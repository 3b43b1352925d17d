namespace RequestsAsync;

/// <summary>What a netrc file has for each host, read once.</summary>
/// <param name="path">The file, or <see langword="null"/> to look for it.</param>
/// <param name="isImplied">Whether nobody asked for it by name: a file that is damaged is then passed over, as in requests, instead of failing every request.</param>
internal sealed class NetrcAuth(string? path, bool isImplied) : Auth
{
    private readonly Lazy<Netrc?> _netrc = new(() => Read(path, isImplied), LazyThreadSafetyMode.PublicationOnly);

    internal override bool IsBoundToOrigin => false;

    internal string? Path => path;

    public override string ToString() => "<Auth netrc>";

    /// <summary>The credentials of the URL's host, if there are any.</summary>
    public Auth? Find(Url url) =>
        _netrc.Value?.Find(url.Host.Trim('[', ']'), url.UserName) is { } found ? new BasicAuth(found.UserName, found.Password) : null;

    protected internal override ValueTask AuthorizeAsync(OutgoingRequest request, CancellationToken cancellationToken) =>
        Find(request.Url)?.AuthorizeAsync(request, cancellationToken) ?? ValueTask.CompletedTask;

    private static Netrc? Read(string? path, bool isImplied)
    {
        string? file = path ?? NetrcFile.Locate(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), File.Exists);
        try
        {
            return file is null ? null : NetrcFile.Load(file);
        }
        catch (InvalidRequestException) when (isImplied)
        {
            return null;
        }
    }
}
