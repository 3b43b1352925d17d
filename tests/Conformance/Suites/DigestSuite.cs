using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>Digest authentication: vectors with a known client nonce, curl's exchanges, and the handling of challenges.</summary>
internal sealed class DigestSuite : Suite
{
    public override string Name => "digest";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        JsonElement handling = ReadJson(folder, "challenge-handling.json");
        return
        [
            .. ReadJson(folder, "vectors.json").EnumerateArray().Select(Vector),
            .. ReadJson(folder, "curl-digest.json").EnumerateArray().Select(CurlDigestCases.Judge),
            .. handling.GetProperty("behaviour").EnumerateArray().Select(DigestBehaviourCases.Judge),
            .. handling.GetProperty("aiohttp_tables").EnumerateObject().SelectMany(DigestTableCases.Judge),
        ];
    }

    private static CaseResult Vector(JsonElement item)
    {
        string id = item.GetProperty("id").GetString()!;
        if (DigestChallenge.Select(ChallengeParser.Parse(Text("challenge")!)) is not { } challenge)
            return CaseResult.Failed(id, "the challenge was refused");

        DigestSession session = new(challenge, new(Text("username")!, Text("password")!), Text("cnonce") ?? "");
        string? bodyHash = session.NeedsBodyHash ? session.Algorithm.Hash(Text("body") ?? "") : null;
        string authorization = "";
        for (int count = item.TryGetProperty("nc", out JsonElement nc) ? nc.GetInt32() : 1; count > 0; count--)
            authorization = session.Authorize(Text("method")!, Text("uri")!, bodyHash);

        Challenge answer = ChallengeParser.Parse(authorization)[0];
        if (Text("qop") != answer.Find("qop")) return CaseResult.Equal(id, Text("qop"), answer.Find("qop"));
        return CaseResult.Equal(id, Text("response"), answer.Find("response"));

        string? Text(string name) => item.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
    }
}
