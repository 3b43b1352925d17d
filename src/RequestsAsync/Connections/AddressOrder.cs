using System.Net;
using System.Net.Sockets;

namespace RequestsAsync;

/// <summary>The order in which addresses are tried.</summary>
internal static class AddressOrder
{
    /// <summary>IPv6 first and then by turns (RFC 8305 §4), each family in the order of the resolver.</summary>
    /// <param name="addresses">What the resolver gave.</param>
    /// <param name="only">The one family to use, or <see langword="null"/> for both.</param>
    /// <param name="firstFamilyCount">How many IPv6 addresses stand before the first IPv4 address.</param>
    public static IPAddress[] Of(IReadOnlyList<IPAddress> addresses, AddressFamily? only, int firstFamilyCount = 1)
    {
        if (addresses is IPAddress[] and [var one] single && (only is null || only == one.AddressFamily)) return single;

        Queue<IPAddress> first = Take(addresses, AddressFamily.InterNetworkV6, only);
        Queue<IPAddress> second = Take(addresses, AddressFamily.InterNetwork, only);
        var ordered = new IPAddress[first.Count + second.Count];
        for (int i = 0; i < ordered.Length; i++)
        {
            bool isFirstsTurn = i < firstFamilyCount || (i - firstFamilyCount) % 2 == 1;
            ordered[i] = second.Count == 0 || (isFirstsTurn && first.Count > 0) ? first.Dequeue() : second.Dequeue();
        }

        return ordered;
    }

    private static Queue<IPAddress> Take(IReadOnlyList<IPAddress> addresses, AddressFamily family, AddressFamily? only)
    {
        Queue<IPAddress> taken = new();
        if (only is not null && only != family) return taken;

        foreach (IPAddress address in addresses)
        {
            if (address.AddressFamily == family) taken.Enqueue(address);
        }

        return taken;
    }
}
