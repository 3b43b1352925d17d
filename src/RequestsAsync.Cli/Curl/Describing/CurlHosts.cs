using System.Net;

namespace RequestsAsync.Cli;

/// <summary>Where hosts are reached by <c>--resolve</c> and <c>--connect-to</c>.</summary>
internal static class CurlHosts
{
    /// <exception cref="CommandException">One of them is not of its form, or names another port.</exception>
    public static Dictionary<string, IReadOnlyList<string>> Of(CurlOperation operation)
    {
        Dictionary<string, IReadOnlyList<string>> hosts = new(StringComparer.OrdinalIgnoreCase);
        foreach (string host in operation.Urls.Select(LocalHostOf).OfType<string>())
            hosts[host] = ["127.0.0.1"];
        foreach (string entry in operation.Resolve)
            AddResolved(hosts, entry);
        foreach (string entry in operation.ConnectTo)
            AddConnected(hosts, entry);
        return hosts;
    }

    // What ends in .localhost is this machine and need not be looked up (RFC 6761 §6.3).
    private static string? LocalHostOf(string url)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        string authority = url[(scheme < 0 ? 0 : scheme + 3)..].Split('/', '?', '#')[0];
        string host = authority[(authority.LastIndexOf('@') + 1)..].Split(':')[0];
        return host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) && host.AsSpan().IndexOfAny('{', '[') < 0 ? host : null;
    }

    // [+]host:port:address[,address]…; with a minus sign the entry is taken away, and there is none to begin with.
    private static void AddResolved(Dictionary<string, IReadOnlyList<string>> hosts, string entry)
    {
        if (entry.StartsWith('-')) return;

        List<string> parts = Split(entry.TrimStart('+'));
        if (parts.Count != 3) throw new CommandException($"--resolve reads host:port:address, and '{entry}' does not.");
        hosts[$"{parts[0]}:{parts[1]}"] = [.. parts[2].Split(',').Select(static address => address.Trim('[', ']'))];
    }

    // host1:port1:host2:port2, each of which may be empty.
    private static void AddConnected(Dictionary<string, IReadOnlyList<string>> hosts, string entry)
    {
        List<string> parts = Split(entry);
        if (parts.Count != 4) throw new CommandException($"--connect-to reads host1:port1:host2:port2, and '{entry}' does not.");
        if (parts[3].Length > 0 && parts[3] != parts[1])
            throw new CommandException("--connect-to another port is not supported: connections go to the port of the URL.", "Change the URL's port and give the host with -H 'Host: …'.");
        if (parts[2].Length == 0) return;
        if (!IPAddress.TryParse(parts[2].Trim('[', ']'), out IPAddress? address))
            throw new CommandException("--connect-to a name is not supported: connections are led to addresses.", "Give the address of that host.");

        string host = parts[0].Length == 0 ? "*" : parts[0];
        hosts[parts[1].Length == 0 ? host : $"{host}:{parts[1]}"] = [address.ToString()];
    }

    // At colons that are not in the brackets of IPv6, and for the last of three at none.
    private static List<string> Split(string entry)
    {
        List<string> parts = [];
        int start = 0;
        bool inBrackets = false;
        for (int i = 0; i < entry.Length; i++)
        {
            if (entry[i] is '[' or ']') inBrackets = entry[i] == '[';
            if (entry[i] != ':' || inBrackets || (parts.Count == 2 && IPAddress.TryParse(entry[start..].Split(',')[0], out _))) continue;

            parts.Add(entry[start..i]);
            start = i + 1;
        }

        parts.Add(entry[start..]);
        return parts;
    }
}
