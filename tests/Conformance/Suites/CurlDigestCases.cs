using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>Exchanges of curl's tests: each Digest answer it sends is made again from the challenge with the same nonce.</summary>
internal static partial class CurlDigestCases
{
    /// <summary>Stands in the data where curl's tests strip a value that differs on every run.</summary>
    private const string Unknown = "REMOVED";

    public static CaseResult Judge(JsonElement item)
    {
        string id = "curl " + item.GetProperty("curl_test").GetInt32().ToString(CultureInfo.InvariantCulture);
        if (item.GetProperty("formula_verified").ValueKind == JsonValueKind.False)
            return CaseResult.Disputed(id, "the data itself says that the response is not by the formula");

        List<Request> answers = [.. item.GetProperty("expected_requests").EnumerateArray().Select(Request.Read).Where(request => request.IsAnswer)];
        if (answers.Count == 0)
        {
            return item.GetProperty("challenges").GetArrayLength() == 0
                ? CaseResult.Equal(id, expected: true, actual: DigestChallenge.Select([]) is null)
                : CaseResult.Disputed(id, "no Digest answer is expected: there are no credentials, or they are for another scheme");
        }

        Dictionary<string, DigestSessions> users = new(StringComparer.Ordinal);
        string cnonce = "";
        foreach (Request request in answers)
        {
            Challenge expected = ChallengeParser.Parse(request.Authorization)[0];
            if (Credentials(item, request.IsProxy) is not { } credentials)
                return CaseResult.Disputed(id, "the credentials are in a program, not in the command");

            cnonce = expected.Find("cnonce") ?? "";
            if (!users.TryGetValue(request.Header, out DigestSessions? sessions))
                users.Add(request.Header, sessions = new(credentials, () => cnonce));

            DigestFlow flow = new(sessions, "http://server/", request.IsProxy);
            if (!flow.Accept(Challenges(item, request.ChallengeHeader, expected.Find("nonce"))))
                return CaseResult.Failed(id, "the challenge was not answered");

            Challenge actual = ChallengeParser.Parse(flow.Session!.Authorize(request.Method, request.Target))[0];
            if (Difference(expected, actual) is not { } differing) continue;
            if (differing == "response" && expected.Find("cnonce") is not null)
                return CaseResult.Disputed(id, "curl's client nonce is random where a qop is offered: the recorded response is not that of the recorded nonce");
            return CaseResult.Failed(id, $"{differing}: expected '{expected.Find(differing)}', got '{actual.Find(differing)}'");
        }

        return CaseResult.Passed(id);
    }

    private static List<Challenge> Challenges(JsonElement item, string header, string? nonce) =>
    [
        .. item.GetProperty("challenges").EnumerateArray()
            .Select(line => line.GetString()!)
            .Where(line => line.StartsWith(header + ":", StringComparison.OrdinalIgnoreCase))
            .SelectMany(line => ChallengeParser.Parse(line[(header.Length + 1)..]))
            .Where(challenge => challenge.Find("nonce") == nonce),
    ];

    /// <summary>The credentials as the data lists them, or those of the command: its options, or the user-info of its URLs.</summary>
    private static UserCredentials? Credentials(JsonElement item, bool isProxy)
    {
        if (item.GetProperty("credentials").TryGetProperty(isProxy ? "proxy" : "www", out JsonElement listed)) return Split(listed.GetString()!);

        string command = item.GetProperty("command").GetString()!;
        Match option = (isProxy ? ProxyUserOption() : UserOption()).Match(command);
        if (option.Success) return Split(option.Groups["user"].Value);

        foreach (Match url in UserInfo().Matches(command))
        {
            if (url.Groups["proxy"].Success != isProxy) continue;
            UserCredentials escaped = Split(url.Groups["user"].Value);
            return new(Uri.UnescapeDataString(escaped.UserName), Uri.UnescapeDataString(escaped.Password));
        }

        return null;
    }

    private static UserCredentials Split(string text)
    {
        string[] parts = text.Split(':', 2);
        return new(parts[0], parts.ElementAtOrDefault(1) ?? "");
    }

    /// <summary>The name of the first parameter that only one has, or each with another value; the response comes last.</summary>
    private static string? Difference(Challenge expected, Challenge actual) =>
        expected.Parameters.Concat(actual.Parameters)
            .Select(parameter => parameter.Key)
            .OrderBy(name => name == "response")
            .FirstOrDefault(name => expected.Find(name) != Unknown && expected.Find(name) != actual.Find(name));

    [GeneratedRegex(@"(?<=\s|^)(-u|--user)[\s=]*(?<user>\S+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserOption();

    [GeneratedRegex(@"(?<=\s|^)(-U|--proxy-user)[\s=]*(?<user>\S+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProxyUserOption();

    [GeneratedRegex(@"(?<proxy>(-x|--proxy)[\s=]*)?""?https?://(?<user>[^@/\s]+)@", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserInfo();

    private sealed record Request(string Method, string Target, string Header, string Authorization)
    {
        public bool IsAnswer => Authorization.StartsWith("Digest ", StringComparison.OrdinalIgnoreCase);

        public bool IsProxy => Header.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase);

        public string ChallengeHeader => IsProxy ? "Proxy-Authenticate" : "WWW-Authenticate";

        public static Request Read(JsonElement item)
        {
            string[] line = item.GetProperty("request_line").GetString()!.Split(' ');
            string target = string.Join(' ', line[1..^1]);
            // Through a proxy the target is a whole URL; the answer is made for the server's part of it.
            int path = target.StartsWith("http://", StringComparison.Ordinal) ? target.IndexOf('/', "http://".Length) : 0;
            return new(line[0], target[path..], item.GetProperty("header").GetString() ?? "", item.GetProperty("authorization").GetString() ?? "");
        }
    }
}
