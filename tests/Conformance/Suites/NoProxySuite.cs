using System.Text.Json;
using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>NO_PROXY lists and the choice of a proxy as curl, Go, httpx, requests and CPython know them.</summary>
internal sealed partial class NoProxySuite : Suite
{
    public override string Name => "no-proxy";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        JsonElement data = ReadJson(folder, "cases.json");
        return
        [
            .. data.GetProperty("bypass").EnumerateArray().Select(Bypass),
            .. data.GetProperty("cidr").EnumerateArray().Select(Cidr),
            .. data.GetProperty("selection").EnumerateArray().Select(Selection),
        ];
    }

    private static CaseResult Bypass(JsonElement item)
    {
        string list = item.GetProperty("no_proxy").GetString()!;
        bool expected = item.GetProperty("bypass").GetBoolean();
        string target = item.TryGetProperty("url", out JsonElement url) ? url.GetString()! : "http://" + item.GetProperty("host").GetString();
        string id = $"bypass {target} by {list}";

        (string scheme, string host, int port) = Split(target);
        return Judge(id, Source(item), list, host, expected, NoProxy.Parse(list).Bypasses(scheme, host, port));
    }

    private static CaseResult Cidr(JsonElement item)
    {
        string entry = $"{item.GetProperty("network").GetString()}/{item.GetProperty("bits").GetInt32()}";
        string address = item.GetProperty("address").GetString()!;
        bool actual = NoProxy.Parse(entry).Bypasses("http", address, 80);
        return CaseResult.Equal($"cidr {address} in {entry}", item.GetProperty("match").GetBoolean(), actual);
    }

    private static CaseResult Selection(JsonElement item)
    {
        Dictionary<string, string?> variables = item.GetProperty("env").EnumerateObject()
            .ToDictionary(variable => variable.Name, variable => variable.Value.GetString(), StringComparer.Ordinal);
        string url = item.GetProperty("url").GetString()!;
        string? expected = item.TryGetProperty("proxy", out JsonElement proxy) ? proxy.GetString() : null;
        string id = $"select for {url} from {string.Join(' ', variables.Select(variable => $"{variable.Key}={variable.Value}"))}";

        (string scheme, string host, int port) = Split(url);
        string? actual = new ProxyEnvironment(name => variables.GetValueOrDefault(name)).Find(scheme, host, port)?.Url;
        string list = variables.GetValueOrDefault("no_proxy") ?? variables.GetValueOrDefault("NO_PROXY") ?? "";
        CaseResult judged = Judge(id, Source(item), list, host, expected is null, actual is null);
        return judged.Verdict == Verdict.Passed ? CaseResult.Equal(id, expected, actual) : judged;
    }

    /// <summary>Compares, except where the sources contradict one another and the library had to side with one.</summary>
    private static CaseResult Judge(string id, string source, string list, string host, bool expected, bool actual)
    {
        if (expected == actual) return CaseResult.Passed(id);

        string[] entries = list.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        bool isGo = source.StartsWith("golang", StringComparison.Ordinal);
        if (isGo && expected && !entries.Contains(host) && Loopback().IsMatch(host))
            return CaseResult.Disputed(id, "only Go spares loopback hosts that nobody listed");
        if (isGo && !expected && entries.Contains("." + host))
            return CaseResult.Disputed(id, "only in Go does a leading dot leave out the domain itself");
        if (!expected && entries.Length > 1 && entries.Contains("*"))
            return CaseResult.Disputed(id, "'*' means every host in a list too, as in Go and httpx");
        if (!expected && InnerSpace().IsMatch(list))
            return CaseResult.Disputed(id, "white space parts entries as commas do");

        return CaseResult.Equal(id, expected, actual);
    }

    private static string Source(JsonElement item) => item.GetProperty("source").GetString()!;

    /// <summary>Splits a URL by hand: hosts of the cases are not all such as a URL may have.</summary>
    private static (string Scheme, string Host, int Port) Split(string url)
    {
        Match match = UrlParts().Match(url);
        string scheme = match.Groups["scheme"].Value;
        int port = match.Groups["port"].Success ? int.Parse(match.Groups["port"].ValueSpan) : scheme == "https" ? 443 : 80;
        return (scheme, match.Groups["host"].Value, port);
    }

    [GeneratedRegex(
        @"^(?<scheme>[a-z]+)://(?<host>\[[^\]]*\]|[^/:]*:[^/:]*:[^/]*|[^/]*?)(:(?<port>[0-9]+))?(/|\z)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlParts();

    [GeneratedRegex(@"^(localhost|127\.[0-9.]+|\[?::1\]?)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Loopback();

    [GeneratedRegex(@"[^\s,]\s+[^\s,]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InnerSpace();
}
