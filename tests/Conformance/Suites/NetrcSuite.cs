using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>netrc files as CPython parses them, and what curl sends for them.</summary>
internal sealed partial class NetrcSuite : Suite
{
    public override string Name => "netrc";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder) =>
    [
        .. ReadJson(folder, "cpython.json").EnumerateArray().Select(Python),
        .. ReadJson(folder, "curl.json").EnumerateArray().Select(Curl),
    ];

    private static CaseResult Python(JsonElement item)
    {
        string id = item.GetProperty("id").GetString()!;
        string? expected = item.TryGetProperty("hosts", out JsonElement hosts)
            ? string.Join('\n', hosts.EnumerateObject().Select(host => Line(host.Name, Field(host, "login"), Field(host, "password"), Field(host, "account"))))
            : null;

        Netrc? netrc = TryParse(item.GetProperty("netrc").GetString()!);
        string? actual = netrc is null
            ? null
            : string.Join('\n', netrc.Entries.Select(entry => Line(entry.Machine ?? "default", entry.Login, entry.Password, entry.Account)));
        return CaseResult.Equal(id, expected, actual);

        static string? Field(JsonProperty host, string name) => host.Value.GetProperty(name).GetString();
        static string Line(string machine, string? login, string? password, string? account) => $"{machine}|{login}|{password}|{account}";
    }

    private static CaseResult Curl(JsonElement item)
    {
        string id = "curl " + item.GetProperty("curl_test").GetInt32().ToString(CultureInfo.InvariantCulture);
        string command = item.GetProperty("command").GetString()!;
        if (command.Contains("--oauth2-bearer", StringComparison.Ordinal))
            return CaseResult.Disputed(id, "which credentials go before a netrc is not the netrc's matter");

        string text = string.Concat(item.GetProperty("netrc_files").EnumerateObject().Select(file => file.Value.GetString()));
        Netrc? netrc = TryParse(text);
        string requests = item.GetProperty("expected_requests").GetString() ?? "";
        if (netrc is null || requests.Length == 0)
            return CaseResult.Equal(id, requests.Length == 0, netrc is null);

        (string login, string password, string urlHost) = ReadUrl(command);
        MatchCollection heads = RequestHead().Matches(requests);
        if (heads.Count == 0) return CaseResult.Disputed(id, "the exchange is not HTTP");

        foreach (Match request in heads)
        {
            string host = request.Groups["host"].Value;
            bool isOfUrl = host == urlHost;
            string? known = isOfUrl && login.Length > 0 ? login : null;
            UserCredentials? found = isOfUrl && password.Length > 0 ? new(login, password) : netrc.Find(host, known);
            // curl sends the user of a URL even if nothing knows a password.
            if (found is null && known is not null) found = new(known, "");

            CaseResult judged = Judge(id, request.Groups["authorization"].Value, found, isDigest: command.Contains("--digest", StringComparison.Ordinal));
            if (judged.Verdict != Verdict.Passed) return judged;
        }

        return CaseResult.Passed(id);
    }

    private static CaseResult Judge(string id, string authorization, UserCredentials? found, bool isDigest)
    {
        // A Digest answer waits for a challenge: a request without one says nothing, one with it tells the user.
        if (!isDigest) return CaseResult.Equal(id, authorization, found is null ? "" : BasicCredentials.Encode(found.UserName, found.Password));
        return authorization.Length == 0
            ? CaseResult.Passed(id)
            : CaseResult.Equal(id, ChallengeParser.Parse(authorization)[0].Find("username"), found?.UserName);
    }

    private static Netrc? TryParse(string text)
    {
        try
        {
            return Netrc.Parse(text, "netrc");
        }
        catch (InvalidRequestException)
        {
            return null;
        }
    }

    /// <summary>The user, password and host of the command's URL, which no option takes as its value.</summary>
    private static (string Login, string Password, string Host) ReadUrl(string command)
    {
        Match url = TargetUrl().Match(command);
        return (Uri.UnescapeDataString(url.Groups["user"].Value), Uri.UnescapeDataString(url.Groups["password"].Value), url.Groups["host"].Value);
    }

    [GeneratedRegex(
        @"(?<!(-x|--proxy|--preproxy)\s+)(?<=\s|^)""?http://((?<user>[^:@/\s]*)(:(?<password>[^@/\s]*))?@)?(?<host>[^:/\s""]+)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TargetUrl();

    [GeneratedRegex(
        @"^[A-Z]+ \S+ HTTP/1\.[01]\r?\nHost: (?<host>[^:\r\n]+)[^\r\n]*\r?\n(Authorization: (?<authorization>[^\r\n]*)\r?\n)?",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex RequestHead();
}
