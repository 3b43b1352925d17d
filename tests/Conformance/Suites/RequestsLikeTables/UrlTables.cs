using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using RequestsAsync.Conformance.Suites;

namespace RequestsAsync.Conformance;

/// <summary>The tables that concern URLs. Where the libraries and the URL standard differ, the standard decides, as its own suite demands.</summary>
internal static partial class UrlTables
{
    public static Dictionary<string, Func<string, JsonElement, CaseResult>> Judges { get; } = new(StringComparer.Ordinal)
    {
        ["test_preparing_url"] = JudgePrepared,
        ["test_url_mutation"] = JudgePrepared,
        ["test_requote_uri_with_unquoted_percents"] = JudgePrepared,
        ["test_unquote_unreserved"] = JudgePrepared,
        ["test_prepend_scheme_if_needed"] = JudgePrepared,
        ["test_parse_url_normalization"] = JudgePrepared,
        ["test_preparing_bad_url"] = (id, row) => JudgeRefusal(id, PythonValue.Text(row)),
        ["test_percent_encoded_control_ipv6_zone_ids_raise"] = (id, row) => JudgeRefusal(id, PythonValue.Text(row)),
        ["test_create_connection_with_invalid_idna_labels"] = JudgeHostName,
        ["test_invalid_url"] = (id, row) => JudgeRefusal(id, PythonValue.Text(row[1])),
        ["test_errors"] = JudgeError,
        ["test_redirecting_to_bad_url"] = JudgeBadRedirect,
        ["test_should_strip_auth_default_port"] = (_, row) => RedirectTarget.Judge(PythonValue.Text(row[0]), PythonValue.Text(row[1]), isStripped: false),
        ["test_urldefragauth"] = JudgeWithoutSecrets,
        ["test_path_query_fragment"] = JudgeParts,
        ["test_idna_url"] = JudgeIdna,
        ["test_non_ascii_hosts_are_idna_encoded"] = JudgeHost,
        ["test_percent_encoded_non_unreserved_hosts_are_preserved"] = JudgeHost,
        ["test_parse_url_percent_encoded_non_ascii_without_idna"] = JudgeHost,
        ["test_should_bypass_proxies_pass_only_hostname"] = JudgeHost,
    };

    /// <summary>Compares a URL as it is sent with what another library makes of it.</summary>
    public static CaseResult Compare(string id, string typed, string expected, Func<string, Url> read)
    {
        if (DisputeForm(id, typed) is { } disputed) return disputed;

        string actual = read(typed).Href;
        string normal = WithNormalHost(expected);
        if (actual != normal && Uri.UnescapeDataString(actual) == Uri.UnescapeDataString(normal) && !NeedsEncoding().IsMatch(actual))
            return CaseResult.Disputed(id, "the URL standard encodes other characters than RFC 3986 asks for, and leaves percent sequences as they were typed");

        return CaseResult.Equal(id, normal, actual);
    }

    private static CaseResult JudgePrepared(string id, JsonElement row) =>
        Compare(id, PythonValue.Text(row[0]), PythonValue.Text(row[1]), RequestUrl.Parse);

    private static CaseResult? DisputeForm(string id, string typed)
    {
        Match scheme = Scheme().Match(typed);
        if (!scheme.Success) return CaseResult.Disputed(id, "behaviour.md, URL: a URL without a scheme is invalid, none is guessed");
        if (!UrlData.IsOurs(scheme.Value + "//")) return CaseResult.Disputed(id, "only http, https, ws and wss URLs can be requested");
        return ZoneIdentifier().IsMatch(typed) ? CaseResult.Disputed(id, "the URL standard has no zone identifiers in addresses") : null;
    }

    private static CaseResult JudgeRefusal(string id, string typed)
    {
        if (!Refuses(typed, out Url? url))
        {
            // IDNA 2008 has no symbols and emoji, UTS 46 has; which of them are allowed the suite of the URL standard judges.
            return typed.Any(c => !char.IsAscii(c))
                ? CaseResult.Disputed(id, "UTS 46 takes symbols in host names, IDNA 2008 does not")
                : CaseResult.Failed(id, $"'{typed}' was accepted as '{url!.Href}'");
        }

        return CaseResult.Passed(id);
    }

    private static bool Refuses(string typed, out Url? url)
    {
        url = null;
        try
        {
            url = RequestUrl.Parse(typed);
            url.ToUri();
            return false;
        }
        catch (InvalidRequestException)
        {
            return true;
        }
    }

    private static CaseResult JudgeHostName(string id, JsonElement row) => PythonValue.IsExpression(row)
        ? CaseResult.Disputed(id, "the row is an expression of Python")
        : JudgeRefusal(id, $"http://{PythonValue.Text(row)}/");

    private static CaseResult JudgeError(string id, JsonElement row) => PythonValue.Text(row[1]).Contains("InvalidURL", StringComparison.Ordinal)
        ? JudgeRefusal(id, PythonValue.Text(row[0]))
        : CaseResult.Disputed(id, "needs a network");

    private static CaseResult JudgeBadRedirect(string id, JsonElement row) =>
        CaseResult.Equal(id, null, RedirectTarget.Follow("http://example.com/", PythonValue.Text(row[0]))?.Url.Href);

    private static CaseResult JudgeWithoutSecrets(string id, JsonElement row) =>
        Compare(id, PythonValue.Text(row[0]), PythonValue.Text(row[1]), typed => RequestUrl.Parse(typed).WithoutUserInfo().WithFragment(null));

    private static CaseResult JudgeParts(string id, JsonElement row)
    {
        Url url = RequestUrl.Parse(PythonValue.Text(row[0]));
        string target = PythonValue.Text(row[1]);
        if (url.PathAndQuery != target && Uri.UnescapeDataString(url.PathAndQuery) == Uri.UnescapeDataString(target))
            return CaseResult.Disputed(id, "the URL standard encodes other characters than RFC 3986 asks for, and leaves percent sequences as they were typed");

        string expected = $"{target} | {PythonValue.Text(row[2])} | {PythonValue.Text(row[3])} | {PythonValue.Text(row[4])}";
        string actual = $"{url.PathAndQuery} | {Uri.UnescapeDataString(url.Path)} | {url.Query} | {Uri.UnescapeDataString(url.Fragment ?? "")}";
        return CaseResult.Equal(id, expected, actual);
    }

    private static CaseResult JudgeIdna(string id, JsonElement row)
    {
        Url url = RequestUrl.Parse(PythonValue.Text(row[0]));
        string port = row[5].ValueKind == JsonValueKind.Number ? row[5].ToString() : "";
        string expected = $"{PythonValue.Text(row[4])} {PythonValue.Text(row[3])} {port}";
        return CaseResult.Equal(id, expected, $"{url.Scheme} {url.Host} {(url.IsDefaultPort ? "" : url.Port.ToString(CultureInfo.InvariantCulture))}");
    }

    private static CaseResult JudgeHost(string id, JsonElement row)
    {
        string typed = PythonValue.Text(row[0]);
        string expected = PythonValue.Text(row[1]);
        if (DisputeForm(id, typed) is { } disputed) return disputed;

        return expected.Contains('%', StringComparison.Ordinal)
            ? CaseResult.Disputed(id, "percent sequences in a host are decoded before IDNA (URL standard, host parsing)")
            : CaseResult.Equal(id, expected, RequestUrl.Parse(typed).Host);
    }

    /// <summary>The URL as the standard writes it where others leave it as it was: IPv6 compressed, no default port, a path at least <c>/</c>.</summary>
    private static string WithNormalHost(string url)
    {
        string compressed = Ipv6().Replace(url, match => IPAddress.TryParse(match.Value, out IPAddress? address) ? $"[{address}]" : match.Value);
        return ReferenceResolution.Normalize(compressed);
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:(?![0-9]+(/|$))", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\[[^\]/]*%", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ZoneIdentifier();

    [GeneratedRegex(@"(?<=^https?://([^/?#]*@)?)\[[0-9A-Fa-f:.]+\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ipv6();

    [GeneratedRegex("[^!-~]|[\"<>]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NeedsEncoding();
}
