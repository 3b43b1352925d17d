using System.Text.Json;
using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>Challenges with what is to become of them, said in short English clauses.</summary>
internal static partial class DigestBehaviourCases
{
    private const string User = "user";
    private const string Password = "password";
    private const string Method = "GET";
    private const string Target = "/target";

    public static CaseResult Judge(JsonElement item)
    {
        string id = item.GetProperty("id").GetString()!;
        string expect = item.GetProperty("expect").GetString()!;
        string text = item.GetProperty("challenge").GetString()!;
        List<Challenge> challenges = ChallengeParser.Parse(text);
        bool isAnswered = DigestChallenge.Select(challenges) is not null;

        if (expect.StartsWith("no Authorization", StringComparison.OrdinalIgnoreCase)) return CaseResult.Equal(id, expected: false, isAnswered);
        if (!isAnswered) return CaseResult.Failed(id, "the challenge was refused");
        if (expect.StartsWith("accepted", StringComparison.OrdinalIgnoreCase)) return CaseResult.Passed(id);
        if (expect.StartsWith("retried with the new nonce", StringComparison.OrdinalIgnoreCase)) return Renewal(id, challenges);
        if (expect.StartsWith("same nonce reuse", StringComparison.OrdinalIgnoreCase)) return Reuse(id, challenges);
        return Clauses(id, challenges, expect);
    }

    private static CaseResult Renewal(string id, List<Challenge> challenges)
    {
        DigestFlow flow = new(Sessions(), "http://server/");
        flow.Accept(ChallengeParser.Parse("Digest realm=\"realm1\", nonce=\"before\""));
        bool isRetried = flow.Accept(challenges);
        Challenge answer = Answer(flow);
        return CaseResult.Equal(id, (true, challenges[0].Find("nonce")), (isRetried, answer.Find("nonce")));
    }

    private static CaseResult Reuse(string id, List<Challenge> challenges)
    {
        DigestSessions sessions = Sessions();
        DigestFlow first = new(sessions, "http://server/");
        first.Accept(challenges);
        Challenge one = Answer(first);
        Challenge two = Answer(new DigestFlow(sessions, "http://server/next"));

        string cnonce = one.Find("cnonce")!;
        string nonce = one.Find("nonce")!;
        string a1 = Md5($"{Md5($"{User}:{one.Find("realm")}:{Password}")}:{nonce}:{cnonce}");
        string response = Md5($"{a1}:{nonce}:00000002:{cnonce}:auth:{Md5($"{Method}:{Target}")}");
        return CaseResult.Equal(
            id,
            ("00000001", "00000002", cnonce, response),
            (one.Find("nc"), two.Find("nc"), two.Find("cnonce"), two.Find("response")));
    }

    private static CaseResult Clauses(string id, List<Challenge> challenges, string expect)
    {
        DigestFlow flow = new(Sessions(), "http://server/");
        flow.Accept(challenges);
        string authorization = flow.Session!.Authorize(Method, Target);
        Challenge answer = ChallengeParser.Parse(authorization)[0];
        foreach (string clause in expect.Split(", "))
        {
            Match match = Clause().Match(clause);
            if (!match.Success) return CaseResult.Disputed(id, "the expectation is prose that this runner does not read");

            string name = match.Groups["name"].Value;
            string? actual = answer.Find(name);
            bool holds = match.Groups["what"].Value switch
            {
                "echoed" => actual == challenges[0].Find(name),
                "present" => actual is not null,
                "absent" => actual is null,
                _ => actual == match.Groups["value"].Value
                    && (!match.Groups["unquoted"].Success || authorization.Contains($"{name}={actual}", StringComparison.Ordinal)),
            };
            if (!holds) return CaseResult.Failed(id, $"{clause}: {authorization}");
        }

        return CaseResult.Passed(id);
    }

    private static DigestSessions Sessions()
    {
        int made = 0;
        return new(new(User, Password), () => $"cnonce{++made}");
    }

    private static Challenge Answer(DigestFlow flow) => ChallengeParser.Parse(flow.Session!.Authorize(Method, Target))[0];

    private static string Md5(string text) => DigestAlgorithm.Find("MD5")!.Hash(text);

    [GeneratedRegex(
        @"^(?<name>[\w-]+)(=(?<value>\S+)(?<unquoted> unquoted)?| (is )?(?<what>echoed|present|absent))$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Clause();
}
