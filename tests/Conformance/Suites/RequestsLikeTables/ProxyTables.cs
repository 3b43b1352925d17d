using System.Globalization;
using System.Net;
using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>The tables that concern proxies and the hosts that are reached without one.</summary>
internal static class ProxyTables
{
    // What the tests of requests put into no_proxy; their tables hold only the URLs.
    private const string Listed = "192.168.0.0/24,127.0.0.1,localhost.localdomain,172.16.1.1";
    private const string ListedWithPort = Listed + ", google.com:6000";
    private const string Given = "192.168.1.1,requests.com";

    public static Dictionary<string, Func<string, JsonElement, CaseResult>> Judges { get; } = new(StringComparer.Ordinal)
    {
        ["test_bypass"] = (id, row) => JudgeBypass(id, row, Listed, expected: true),
        ["test_not_bypass"] = (id, row) => JudgeBypass(id, row, Listed, expected: false),
        ["test_bypass_no_proxy_keyword"] = (id, row) => JudgeBypass(id, row, Given, expected: true),
        ["test_not_bypass_no_proxy_keyword"] = (id, row) => JudgeBypass(id, row, Given, expected: false),
        ["test_should_bypass_proxies"] = (id, row) => JudgeBypass(id, row[0], ListedWithPort, row[1].GetBoolean()),
        ["test_should_bypass_proxies_no_proxy"] = (id, row) => JudgeBypass(id, row[0], Listed, row[1].GetBoolean()),
        ["test_select_proxies"] = (id, row) => JudgeMount(id, row[0], row[2], row[1]),
        ["test_transport_for_request"] = (id, row) => JudgeMount(id, row[0], row[1], row[2]),
        ["test_url_matches"] = JudgePattern,
        ["test_for_deprecated_proxy_params"] = JudgePatternForm,
        ["test_proxy_authorization_not_appended_to_https_request"] = JudgeForwarding,
        ["test_proxy_env_vars_override_default"] = JudgeVariable,
        ["test_proxies_environ"] = JudgeEnvironment,
        ["test_get_environment_proxies"] = JudgeMounts,
        ["test_invalid"] = JudgeInvalidEntry,
    };

    private static CaseResult JudgeBypass(string id, JsonElement target, string list, bool expected)
    {
        string typed = PythonValue.Text(target);
        return Url.TryParse(typed, out Url? url)
            ? CaseResult.Equal(id, expected, NoProxy.Parse(list).Bypasses(url.Scheme, url.Host, url.Port))
            : DisputeUnreachable(id);
    }

    /// <summary>A dictionary of patterns and proxies is what mounts are; "http" alone, as requests has it, reads "http://" here.</summary>
    private static CaseResult JudgeMount(string id, JsonElement target, JsonElement proxies, JsonElement expected)
    {
        if (!Url.TryParse(PythonValue.Text(target), out Url? url)) return DisputeUnreachable(id);
        if (proxies.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)) return CaseResult.Disputed(id, "the row is an expression of Python");

        // Which entry is found counts, and not what it says: some are expressions.
        Mounts mounts = [];
        List<string?> entries = [];
        foreach (JsonProperty entry in proxies.ValueKind is JsonValueKind.Null ? [] : proxies.EnumerateObject().ToArray())
        {
            mounts[entry.Name.Contains("://", StringComparison.Ordinal) ? entry.Name : entry.Name + "://"] = $"http://{entries.Count}.invalid";
            entries.Add(entry.Value.GetString());
        }

        string? host = mounts.Find(url)?.Proxy?.Host;
        string? found = host is null ? null : entries[int.Parse(host.Split('.')[0], CultureInfo.InvariantCulture)];
        return CaseResult.Equal(id, expected.GetString(), found);
    }

    private static CaseResult JudgePattern(string id, JsonElement row) =>
        CaseResult.Equal(id, row[2].GetBoolean(), UrlPattern.Parse(PythonValue.Text(row[0])).Matches(Url.Parse(PythonValue.Text(row[1]))));

    private static CaseResult JudgePatternForm(string id, JsonElement row)
    {
        bool isValid = true;
        try
        {
            foreach (JsonProperty entry in row[0].EnumerateObject())
                UrlPattern.Parse(entry.Name);
        }
        catch (InvalidRequestException)
        {
            isValid = false;
        }

        return CaseResult.Equal(id, row[1].GetBoolean(), isValid);
    }

    /// <summary>The proxy's credentials are in the requests that it forwards, and in no other.</summary>
    private static CaseResult JudgeForwarding(string id, JsonElement row) =>
        CaseResult.Equal(id, row[1].GetBoolean(), new Proxy("http://user:pass@proxy.invalid").Forwards(Url.Parse(PythonValue.Text(row[0])).Scheme));

    private static CaseResult JudgeVariable(string id, JsonElement row) =>
        Select(id, new(StringComparer.Ordinal) { [PythonValue.Text(row[0])] = PythonValue.Text(row[2]) }, Url.Parse(PythonValue.Text(row[1])), PythonValue.Text(row[2]));

    private static CaseResult JudgeEnvironment(string id, JsonElement row) => row.ValueKind == JsonValueKind.Array && !PythonValue.IsExpression(row)
        ? Select(id, Variables(row[1]), Url.Parse(PythonValue.Text(row[0])), row[2].GetString())
        : CaseResult.Disputed(id, "the row is an expression of Python");

    private static CaseResult Select(string id, Dictionary<string, string?> variables, Url url, string? expected)
    {
        string? actual = new ProxyEnvironment(name => variables.GetValueOrDefault(name)).Find(url.Scheme, url.Host, url.Port)?.Url;
        return CaseResult.Equal(id, expected, actual);
    }

    /// <summary>httpx makes patterns of the variables: "http://" and "all://" for proxies, "all://host" without a proxy for a host to be left out.</summary>
    private static CaseResult JudgeMounts(string id, JsonElement row)
    {
        Dictionary<string, string?> variables = Variables(row[0]);
        ProxyEnvironment environment = new(name => variables.GetValueOrDefault(name));
        NoProxy noProxy = NoProxy.Parse(variables.GetValueOrDefault("no_proxy"));
        Dictionary<string, string?> mounts = Variables(row[1]);
        foreach (string scheme in (string[])["http", "https"])
        {
            string? proxy = mounts.GetValueOrDefault(scheme + "://") ?? mounts.GetValueOrDefault("all://");
            string? found = environment.Find(scheme, "host.invalid", 80)?.Url;
            if (found != proxy) return CaseResult.Equal(id, proxy, found);

            foreach (string pattern in mounts.Where(mount => mount.Value is null).Select(mount => mount.Key))
            {
                int start = pattern.IndexOf("://", StringComparison.Ordinal);
                bool applies = pattern[..start] is "all" || pattern[..start] == scheme;
                if (applies && !noProxy.Bypasses(scheme, HostOf(pattern[(start + 3)..]), 80)) return CaseResult.Failed(id, $"{pattern} is not left out for {scheme}");
            }
        }

        return CaseResult.Passed(id);
    }

    // A pattern of subdomains alone is tried by one of them, a network by its first address.
    private static string HostOf(string pattern) =>
        (pattern.StartsWith("*.", StringComparison.Ordinal) ? "www" + pattern[1..] : pattern.TrimStart('*')).Split('/')[0];

    private static CaseResult JudgeInvalidEntry(string id, JsonElement row)
    {
        string entry = PythonValue.Text(row);
        int slash = entry.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) return CaseResult.Equal(id, false, NoProxy.Parse(entry).Bypasses("http", entry[..slash], 80));

        return IPAddress.TryParse(entry, out _)
            ? CaseResult.Disputed(id, "an address alone is an entry too")
            : CaseResult.Equal(id, false, NoProxy.TryParseAddress(entry, out _));
    }

    private static Dictionary<string, string?> Variables(JsonElement members) =>
        members.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString(), StringComparer.Ordinal);

    private static CaseResult DisputeUnreachable(string id) => CaseResult.Disputed(id, "only http, https, ws and wss URLs with a host can be requested");
}
