using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>The tables of aiohttp's Digest tests; each row is an array in the order of the table's arguments.</summary>
internal static class DigestTableCases
{
    public static IEnumerable<CaseResult> Judge(JsonProperty table)
    {
        int row = 0;
        foreach (JsonElement values in table.Value.GetProperty("rows").EnumerateArray())
        {
            string id = $"{table.Name} {++row}";
            yield return table.Name switch
            {
                "test_authenticate_scenarios" => Scenario(id, values[0], values[1], values[2], values[3]),
                "test_authenticate_with_malformed_headers" => Scenario(id, values[0], values[1], values[2], expectedChallenge: null),
                "test_encode_validation_errors" => Validation(id, values[0], values[1]),
                "test_encode_uri_uses_wire_encoded_request_target" => Target(id, values[0].GetString()!, values[1].GetString()!),
                "test_parse_header_pairs" => Pairs(id, values[0].GetString()!, values[1]),
                "test_quote_escaping_functions" => Escaping(id, values[0].GetString()!, values[1].GetString()!),
                "test_in_protection_space" => CaseResult.Equal(id, values[2].GetBoolean(), Space(values[0].GetString()!).Covers(values[1].GetString()!)),
                _ => CaseResult.Failed(id, "this table is not known"),
            };
        }
    }

    private static CaseResult Scenario(string id, JsonElement status, JsonElement headers, JsonElement expected, JsonElement? expectedChallenge)
    {
        List<Challenge> challenges = headers.TryGetProperty("www-authenticate", out JsonElement field) ? ChallengeParser.Parse(field.GetString()!) : [];
        bool isAnswered = status.GetInt32() == 401 && DigestChallenge.Select(challenges) is not null;
        if (isAnswered != expected.GetBoolean() || !isAnswered || expectedChallenge is null)
            return CaseResult.Equal(id, expected.GetBoolean(), isAnswered);

        return CaseResult.Equal(id, Show(expectedChallenge.Value), Show(challenges.Find(challenge => challenge.Is("Digest"))));
    }

    private static CaseResult Validation(string id, JsonElement challenge, JsonElement error)
    {
        string parameters = string.Join(", ", challenge.EnumerateObject().Select(parameter => $"{parameter.Name}=\"{parameter.Value.GetString()}\""));
        bool isAnswered = DigestChallenge.Select(ChallengeParser.Parse("Digest " + parameters)) is not null;
        return CaseResult.Equal(id, error.ValueKind == JsonValueKind.Null, isAnswered);
    }

    /// <summary>What a URL's request target is, is the URL's matter; the answer must name the very same.</summary>
    private static CaseResult Target(string id, string url, string target)
    {
        if (url.StartsWith('<')) return CaseResult.Disputed(id, "the URL is built by an expression of another language");

        string actual = new Uri(url).PathAndQuery;
        return CaseResult.Equal(id, target, Answer("user", actual).Find("uri"));
    }

    private static CaseResult Pairs(string id, string header, JsonElement expected)
    {
        string field = header.StartsWith("Digest ", StringComparison.Ordinal) ? header : "Digest " + header;
        return CaseResult.Equal(id, Show(expected), Show(ChallengeParser.Parse(field).FirstOrDefault()));
    }

    private static CaseResult Escaping(string id, string text, string escaped)
    {
        string authorization = Session(text).Authorize("GET", "/");
        bool isEscaped = authorization.StartsWith($"Digest username=\"{escaped}\", realm=", StringComparison.Ordinal);
        return isEscaped ? CaseResult.Equal(id, text, Answer(text, "/").Find("username")) : CaseResult.Failed(id, authorization);
    }

    private static DigestSession Session(string userName) =>
        new(DigestChallenge.Select(ChallengeParser.Parse("Digest realm=\"r\", nonce=\"n\""))!, new(userName, "password"), "cnonce");

    private static Challenge Answer(string userName, string target) => ChallengeParser.Parse(Session(userName).Authorize("GET", target))[0];

    private static ProtectionSpace Space(string url) => ProtectionSpace.Of(url, domain: url);

    private static string Show(JsonElement expected) =>
        string.Join(", ", expected.EnumerateObject().Select(parameter => $"{parameter.Name}={parameter.Value.GetString()}").Order(StringComparer.Ordinal));

    private static string Show(Challenge? challenge) =>
        string.Join(", ", (challenge?.Parameters ?? []).Select(parameter => $"{parameter.Key}={parameter.Value}").Order(StringComparer.Ordinal));
}
