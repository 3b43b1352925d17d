using System.Net;
using System.Net.Sockets;

namespace RequestsAsync;

/// <summary>Asks the platform, for one family of addresses or for both.</summary>
internal sealed class SystemResolver(AddressFamily family) : Resolver
{
    public override async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host, family, cancellationToken).ConfigureAwait(false);
}
