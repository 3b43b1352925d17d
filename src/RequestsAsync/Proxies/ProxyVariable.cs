namespace RequestsAsync;

/// <summary>An environment variable that names a proxy.</summary>
/// <param name="name">The variable's name.</param>
/// <param name="url">Its value, with a scheme.</param>
internal sealed class ProxyVariable(string name, string url)
{
    private Mount? _proxy;

    public string Url { get; } = url;

    /// <summary>The proxy. It is made when the first request needs it, so that a variable that none needs may hold anything.</summary>
    /// <exception cref="InvalidRequestException">The value names none.</exception>
    public Mount Proxy => _proxy ??= Make(); // a race makes two equal ones at worst

    private Mount Make()
    {
        try
        {
            return new Proxy(Url);
        }
        catch (InvalidRequestException e)
        {
            throw new InvalidRequestException($"The environment variable {name} names no proxy that can be used. {e.Message}", e);
        }
    }
}
