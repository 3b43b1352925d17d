using System.Globalization;
using System.Security.Cryptography;

namespace RequestsAsync.Testing;

/// <summary>
/// Digest authentication (RFC 7616). The server remembers nothing: as at httpbin, cookies carry the last nonce and after how many
/// answers it grows stale.
/// </summary>
internal static class DigestEndpoints
{
    private const string Realm = "httpbin";
    private const string Never = "never";

    internal static void Map(BinRoutes routes)
    {
        routes.Any("/digest-auth/{qop}/{user}/{passwd}", static call => AnswerAsync(call, "MD5", Never));
        routes.Any("/digest-auth/{qop}/{user}/{passwd}/{algorithm}", static call => AnswerAsync(call, call.Segment("algorithm"), Never));
        routes.Any(
            "/digest-auth/{qop}/{user}/{passwd}/{algorithm}/{stale_after}",
            static call => AnswerAsync(call, call.Segment("algorithm"), call.Segment("stale_after")));
    }

    private static async Task AnswerAsync(BinCall call, string algorithmName, string staleAfter)
    {
        DigestAlgorithm algorithm = DigestAlgorithm.Named(algorithmName);
        DigestCredentials? credentials = DigestCredentials.Parse(call.Request.Headers.Authorization);
        Fields cookies = BinCookies.Read(call);
        bool requiresCookie = call.Args.First("require-cookie")?.ToUpperInvariant() is "1" or "T" or "TRUE";

        BinCookies.Set(call, "fake", "fake_value");
        if (credentials is null || (requiresCookie && cookies.Items.Count == 0))
        {
            await ChallengeAsync(call, algorithm, staleAfter, isStale: false).ConfigureAwait(false);
        }
        else if (requiresCookie && cookies.Find("fake") != "fake_value")
        {
            await call.JsonAsync(
                static json => Fields.WriteValues(json, "errors", ["The cookie that came with the challenge is missing."]), 403).ConfigureAwait(false);
        }
        else
        {
            await VerifyAsync(call, algorithm, credentials, cookies, staleAfter).ConfigureAwait(false);
        }
    }

    private static async Task VerifyAsync(
        BinCall call, DigestAlgorithm algorithm, DigestCredentials credentials, Fields cookies, string staleAfter)
    {
        string nonce = credentials["nonce"] ?? "";
        string? left = cookies.Find("stale_after");
        bool isStale = left == "0" || cookies.Find("last_nonce") == nonce;
        string user = call.Segment("user");
        if (isStale || !await IsProvenAsync(call, algorithm, credentials, user).ConfigureAwait(false))
        {
            BinCookies.Set(call, "last_nonce", nonce);
            await ChallengeAsync(call, algorithm, staleAfter, isStale).ConfigureAwait(false);
            return;
        }

        if (left is { Length: > 0 }) BinCookies.Set(call, "stale_after", OneLess(left));
        await AuthEndpoints.WelcomeAsync(call, user).ConfigureAwait(false);
    }

    private static async ValueTask<bool> IsProvenAsync(BinCall call, DigestAlgorithm algorithm, DigestCredentials credentials, string user)
    {
        if (!OfferedQop(call).Split(", ").Contains(credentials["qop"], StringComparer.Ordinal)) return false;
        ReadOnlyMemory<byte> body = await RequestBytes.ReadAsync(call).ConfigureAwait(false);
        var request = new DigestRequest(call.Request.Method, call.Target, body);
        return credentials.Prove(user, call.Segment("passwd"), algorithm, request);
    }

    private static Task ChallengeAsync(BinCall call, DigestAlgorithm algorithm, string staleAfter, bool isStale)
    {
        BinCookies.Set(call, "stale_after", staleAfter);
        string nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        string opaque = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        call.Response.Headers.WWWAuthenticate =
            $"Digest realm=\"{Realm}\", nonce=\"{nonce}\", qop=\"{OfferedQop(call)}\", opaque=\"{opaque}\", "
            + $"algorithm={algorithm.Name}, stale={(isStale ? "true" : "false")}";
        return call.SendAsync(401);
    }

    private static string OfferedQop(BinCall call) => call.Segment("qop") is var qop and ("auth" or "auth-int") ? qop : "auth, auth-int";

    private static string OneLess(string left) =>
        int.TryParse(left, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count)
            ? (count - 1).ToString(CultureInfo.InvariantCulture)
            : Never;
}
