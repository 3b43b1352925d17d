using System.Net;

namespace RequestsAsync;

/// <summary>Which addresses a session connects to: the guard against URLs of strangers that lead into the own network (SSRF).</summary>
/// <remarks>
/// <para>It is asked after the name was resolved, for every connection and so for every redirect, about the very address that is then connected to:
/// no second lookup comes between, so a name server that changes its answer (DNS rebinding) gains nothing. Of a host with several addresses
/// the refused ones are left out; if none is left, the request fails with <see cref="BlockedAddressException"/>.</para>
/// <para>It also holds for addresses in <see cref="ConnectionOptions.Hosts"/>, and not for proxies and <see cref="ConnectionOptions.UnixSocket"/>, which
/// the program itself has named. What a proxy resolves by itself is beyond its reach.</para>
/// </remarks>
public sealed class AddressPolicy
{
    private readonly string _name;
    private readonly Func<IPAddress, string?> _refusal;

    private AddressPolicy(string name, Func<IPAddress, string?> refusal) => (_name, _refusal) = (name, refusal);

    /// <summary>Refuses nothing.</summary>
    public static AddressPolicy Any { get; } = new(nameof(Any), static _ => null);

    /// <summary>
    /// Refuses all that is not globally reachable unicast: loopback, private, link-local, the metadata services of clouds, multicast, documentation and
    /// whatever else IANA's registries of special-purpose addresses list (RFC 6890), also where IPv6 wraps it (mapped, NAT64, 6to4).
    /// </summary>
    public static AddressPolicy PublicOnly { get; } = new(nameof(PublicOnly), SpecialAddresses.Describe);

    /// <summary>Asks a function.</summary>
    /// <param name="allows">
    /// Whether an address may be connected to; IPv4 mapped into IPv6 comes as IPv4. It is called from several threads at once, and what it throws
    /// fails the request. <c>a => AddressPolicy.PublicOnly.Allows(a) || a.Equals(mine)</c> makes an exception.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="allows"/> is <see langword="null"/>.</exception>
    public static AddressPolicy Custom(Func<IPAddress, bool> allows) => Custom(allows, "not allowed by this session");

    /// <summary>Asks a function.</summary>
    /// <param name="allows">Whether an address may be connected to; IPv4 mapped into IPv6 comes as IPv4. It is called from several threads at once.</param>
    /// <param name="reason">What the refused addresses are, for the message: <c>"outside of the test network"</c>.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static AddressPolicy Custom(Func<IPAddress, bool> allows, string reason)
    {
        ArgumentNullException.ThrowIfNull(allows);
        ArgumentNullException.ThrowIfNull(reason);
        return new(nameof(Custom), address => allows(address) ? null : reason);
    }

    /// <summary>Whether an address may be connected to.</summary>
    /// <param name="address">The address; IPv4 mapped into IPv6 is judged as IPv4.</param>
    /// <exception cref="ArgumentNullException"><paramref name="address"/> is <see langword="null"/>.</exception>
    public bool Allows(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return WhyNot(address) is null;
    }

    /// <summary>The policy's name.</summary>
    public override string ToString() => $"<AddressPolicy {_name}>";

    /// <summary>Leaves the refused addresses out.</summary>
    /// <exception cref="BlockedAddressException">None is left.</exception>
    internal IPAddress[] Filter(string host, IPAddress[] addresses)
    {
        List<IPAddress> allowed = new(addresses.Length);
        List<string> refused = [];
        foreach (IPAddress address in addresses)
        {
            if (WhyNot(address) is { } reason) refused.Add($"{address} ({reason})");
            else allowed.Add(address);
        }

        if (allowed.Count == 0) throw new BlockedAddressException($"the address policy refuses the host '{host}': {string.Join(", ", refused)}.");
        return refused.Count == 0 ? addresses : [.. allowed];
    }

    private string? WhyNot(IPAddress address) => _refusal(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
