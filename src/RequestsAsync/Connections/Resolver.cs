using System.Net;
using System.Net.Sockets;

namespace RequestsAsync;

/// <summary>Finds the addresses of host names: derive from it to ask another service than the platform's.</summary>
/// <remarks>
/// The session keeps what a resolver answers for <see cref="ConnectionOptions.DnsLifetime"/>, asks once for all requests that wait for the same host,
/// and orders the addresses itself. Address literals and hosts in <see cref="ConnectionOptions.Hosts"/> are never asked for.
/// A resolver is called from several threads at once.
/// </remarks>
public abstract class Resolver
{
    /// <summary>The platform's: its hosts file, its name servers (<see cref="Dns.GetHostAddressesAsync(string, CancellationToken)"/>).</summary>
    public static Resolver System { get; } = new SystemResolver(AddressFamily.Unspecified);

    /// <summary>Finds the addresses of a host.</summary>
    /// <param name="host">The name in its ASCII form (IDNA); never an address literal.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more, and when the session is disposed.</param>
    /// <returns>
    /// The addresses, the best of each family first. An empty list, as well as any exception, becomes a <see cref="NameResolutionException"/>.
    /// </returns>
    public abstract ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
