using System.Globalization;
using System.Text.Json;

namespace RequestsAsync.Bulk;

/// <summary>Policies of single hosts, read from a JSON file.</summary>
/// <remarks>
/// <c>{"slow.example":{"delay_ms":2000,"max_in_flight":1},"*.intra.example":{"robots":false},"gone.example":{"blocked":true}}</c>: a name stands for one host, with its
/// port where it is not the scheme's own, and <c>*.</c> before it for all below. The host's own entry goes before a wildcard's, and a longer wildcard before a shorter.
/// </remarks>
public sealed class HostPolicyFile
{
    private readonly Dictionary<string, HostPolicy> _policies = new(StringComparer.OrdinalIgnoreCase);

    private HostPolicyFile()
    {
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It cannot be read, or is none: the message says where.</exception>
    public static HostPolicyFile Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or System.Text.Json.JsonException)
        {
            throw new InputException($"The file of hosts {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>What holds for a host; <see langword="null"/> where nothing is said of it.</summary>
    public HostPolicy? Find(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (_policies.TryGetValue(host, out HostPolicy? policy)) return policy;

        for (int dot = host.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = host.IndexOf('.', dot + 1))
        {
            if (_policies.TryGetValue(string.Concat("*", host.AsSpan(dot)), out policy)) return policy;
        }

        return _policies.GetValueOrDefault("*");
    }

    private static HostPolicyFile Parse(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new FormatException("It is no JSON object.");

        HostPolicyFile file = new();
        foreach (JsonProperty host in document.RootElement.EnumerateObject()) file._policies[host.Name] = PolicyOf(host);
        return file;
    }

    private static HostPolicy PolicyOf(JsonProperty host)
    {
        if (host.Value.ValueKind != JsonValueKind.Object) throw new FormatException($"What is said of {host.Name} is no JSON object.");

        HostPolicy policy = new();
        foreach (JsonProperty member in host.Value.EnumerateObject())
        {
            policy = (member.Name, member.Value.ValueKind) switch
            {
                ("delay_ms", JsonValueKind.Number) when member.Value.TryGetDouble(out double delay) && delay is >= 0 and <= 86_400_000 => policy with { Delay = TimeSpan.FromMilliseconds(delay) },
                ("max_in_flight", JsonValueKind.Number) when member.Value.TryGetInt32(out int most) && most > 0 => policy with { MaxInFlight = most },
                ("robots", JsonValueKind.True or JsonValueKind.False) => policy with { ObeyRobots = member.Value.GetBoolean() },
                ("blocked", JsonValueKind.True or JsonValueKind.False) => policy with { IsBlocked = member.Value.GetBoolean() },
                _ => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{host.Name} has {member.Name}: {member.Value.GetRawText()}; known are delay_ms, max_in_flight, robots and blocked.")),
            };
        }

        return policy;
    }
}
