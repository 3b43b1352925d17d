using System.Text;
using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>The tables that concern credentials and challenges.</summary>
internal static class AuthenticationTables
{
    public static Dictionary<string, Func<string, JsonElement, CaseResult>> Judges { get; } = new(StringComparer.Ordinal)
    {
        ["test_get_auth_from_url"] = JudgeUserInfo,
        ["test_set_basicauth"] = JudgeBasic,
        ["test_make_headers"] = JudgeMadeHeaders,
        ["test_digest_auth"] = JudgeAlgorithm,
        ["test_digest_auth_qop_including_spaces_and_auth_returns_auth"] = JudgeQop,
        ["test_async_digest_auth_raises_protocol_error_on_malformed_header"] = JudgeMalformed,
        ["test_sync_digest_auth_raises_protocol_error_on_malformed_header"] = JudgeMalformed,
    };

    private static CaseResult JudgeUserInfo(string id, JsonElement row)
    {
        if (PythonValue.IsExpression(row)) return CaseResult.Disputed(id, "the row is an expression of Python");

        Url url = RequestUrl.Parse(PythonValue.Text(row[0]));
        return CaseResult.Equal(id, $"{PythonValue.Text(row[1][0])}:{PythonValue.Text(row[1][1])}", $"{url.UserName}:{url.Password}");
    }

    private static CaseResult JudgeBasic(string id, JsonElement row)
    {
        if (PythonValue.IsExpression(row)) return CaseResult.Disputed(id, "the row is an expression of Python");
        if (row[0].ValueKind != JsonValueKind.String) return CaseResult.Disputed(id, "name and password are strings here");

        return JudgeCredentials(id, PythonValue.Text(row[0]), PythonValue.Text(row[1]), Encode($"{PythonValue.Text(row[0])}:{PythonValue.Text(row[1])}"));
    }

    /// <summary>Of the fields that urllib3 makes from flags the library makes those of Basic.</summary>
    private static CaseResult JudgeMadeHeaders(string id, JsonElement row)
    {
        bool isJudged = false;
        foreach ((string flag, string field) in (ReadOnlySpan<(string, string)>)[("basic_auth", "authorization"), ("proxy_basic_auth", "proxy-authorization")])
        {
            if (!row[0].TryGetProperty(flag, out JsonElement credentials)) continue;

            string text = PythonValue.Text(credentials);
            bool isUtf8 = row[0].TryGetProperty(flag + "_encoding", out JsonElement encoding) && encoding.GetString() == "utf-8";
            if (!isUtf8 && !Ascii.IsValid(text)) return CaseResult.Disputed(id, "behaviour.md, Auth: Basic is UTF-8");

            int colon = text.IndexOf(':', StringComparison.Ordinal);
            CaseResult judged = JudgeCredentials(id, text[..colon], text[(colon + 1)..], PythonValue.Text(row[1].GetProperty(field)));
            if (judged.Verdict != Verdict.Passed) return judged;
            isJudged = true;
        }

        return isJudged ? CaseResult.Passed(id) : CaseResult.Disputed(id, "no helper here makes header fields from flags");
    }

    private static CaseResult JudgeCredentials(string id, string userName, string password, string expected) =>
        CaseResult.Equal(id, expected, BasicCredentials.Encode(userName, password));

    private static string Encode(string credentials) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));

    private static CaseResult JudgeAlgorithm(string id, JsonElement row)
    {
        string name = PythonValue.Text(row[0]);
        if (DigestAlgorithm.Find(name) is not { } algorithm)
            return CaseResult.Disputed(id, "behaviour.md, Auth: an unknown algorithm is not answered; RFC 7616 has no SHA-1");

        return CaseResult.Equal(id, row[2].GetInt32(), algorithm.Hash("").Length);
    }

    private static CaseResult JudgeQop(string id, JsonElement row)
    {
        DigestChallenge? challenge = Select($"Digest realm=\"r\", nonce=\"n\", qop=\"{PythonValue.Text(row)}\"");
        return CaseResult.Equal(id, DigestQop.Auth, challenge?.Qop);
    }

    /// <summary>A challenge that cannot be read is not answered, and its 401 is the response.</summary>
    private static CaseResult JudgeMalformed(string id, JsonElement row) => CaseResult.Equal(id, null, Select(PythonValue.Text(row))?.Realm);

    private static DigestChallenge? Select(string field) => DigestChallenge.Select(ChallengeParser.Parse(field));
}
