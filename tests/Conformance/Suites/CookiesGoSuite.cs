using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>The tables of Go's net/http/cookiejar and of its Set-Cookie parser.</summary>
internal sealed partial class CookiesGoSuite : Suite
{
    private const string SecureFromHttp = "behaviour.md, Cookies: Secure is taken from https alone, and Go takes it from http";
    private const string LostStep = "an earlier step of the same jar is not in the data, so that what the jar holds is not known";
    private const string Quotes = "RFC 6265bis §5.6 keeps the quotes of a value, which Go's parser takes off";

    private static readonly DateTimeOffset Start = new(2013, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public override string Name => "cookies-go";

    public override double Required => 1.0;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        JsonElement tables = ReadJson(folder, "jar.json");
        return JudgeJars(tables.GetProperty("jar_tests"))
            .Concat(tables.GetProperty("domain_and_type").EnumerateArray().Select(JudgeDomain))
            .Concat(tables.GetProperty("default_path").EnumerateObject().Select(JudgePath))
            .Concat(ReadJson(folder, "set-cookie-parse.json").EnumerateArray().SelectMany(JudgeField));
    }

    private static IEnumerable<CaseResult> JudgeJars(JsonElement tests)
    {
        FrozenClock clock = new(Start);
        CookieJar jar = NewJar(clock);
        HashSet<string> refused = new(StringComparer.Ordinal);
        string group = "";
        int number = -1;
        bool isStateKnown = true;
        foreach (JsonElement test in tests.EnumerateArray())
        {
            string id = test.GetProperty("id").GetString()!;
            int previous = number;
            number = int.Parse(id[(id.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
            bool sharesJar = test.GetProperty("shares_jar_with_previous_in_group").GetBoolean();
            if (!sharesJar || group != test.GetProperty("group").GetString())
            {
                jar = NewJar(clock);
                refused.Clear();
                isStateKnown = true;
            }

            // The steps are numbered through; one that is missing may have set or removed anything.
            isStateKnown = isStateKnown && (!sharesJar || number == previous + 1);
            group = test.GetProperty("group").GetString()!;

            foreach (CaseResult result in JudgeStep(test, jar, clock, refused))
                yield return result.Verdict == Verdict.Failed && !isStateKnown ? CaseResult.Disputed(result.Id, LostStep) : result;
        }
    }

    private static IEnumerable<CaseResult> JudgeStep(JsonElement test, CookieJar jar, FrozenClock clock, HashSet<string> refused)
    {
        string id = test.GetProperty("id").GetString()!;
        string url = test.GetProperty("set_url").GetString()!;
        clock.Now = Start;
        foreach (JsonElement field in test.GetProperty("set_cookie").EnumerateArray())
        {
            string text = Dated(field.GetString()!);
            jar.SetFromHeader(url, text);
            if (url.StartsWith("http://", StringComparison.Ordinal) && SetCookie.TryParse(text, out SetCookie cookie) && cookie.IsSecure)
                refused.Add(cookie.Name.ToString());
        }

        // The table writes a jar down as 'A=a B=b', sorted.
        string content = string.Join(' ', jar.Select(cookie => $"{cookie.Name}={cookie.Value}").Order(StringComparer.Ordinal));
        yield return Compare($"{id} content", test.GetProperty("jar_content").GetString()!, content, refused);

        int query = 0;
        foreach (JsonElement question in test.GetProperty("queries").EnumerateArray())
        {
            clock.Now = Start + TimeSpan.FromMilliseconds((query + 2) * 1001);
            string address = question.GetProperty("url").GetString()!;
            if (!address.StartsWith("http", StringComparison.Ordinal)) continue;

            string actual = (jar.GetHeader(address) ?? "").Replace("; ", " ", StringComparison.Ordinal);
            yield return Compare($"{id} query {query}", question.GetProperty("cookies").GetString()!, actual, refused);
            query++;
        }
    }

    private static CaseResult Compare(string id, string expected, string actual, HashSet<string> refused)
    {
        if (expected == actual) return CaseResult.Passed(id);

        return Without(expected) == Without(actual)
            ? CaseResult.Disputed(id, SecureFromHttp)
            : CaseResult.Equal(id, expected, actual);

        string Without(string cookies) => string.Join(' ', cookies.Split(' ').Where(cookie => !refused.Contains(cookie.Split('=')[0])));
    }

    private static CaseResult JudgeDomain(JsonElement test)
    {
        string host = test.GetProperty("Host").GetString()!;
        string domain = test.GetProperty("Domain").GetString()!;
        CookieJar jar = NewJar(new(Start));
        jar.Store(isSecure: true, host, "/", domain.Length == 0 ? "a=1" : $"a=1; Domain={domain}");

        string expected = test.GetProperty("Err").GetBoolean()
            ? "refused"
            : Describe(test.GetProperty("WantDomain").GetString()!, test.GetProperty("HostOnly").GetBoolean());
        string actual = jar.Find("a") is { } cookie ? Describe(cookie.Domain, cookie.IsHostOnly) : "refused";
        return CaseResult.Equal($"domain {domain} from {host}", expected, actual);

        static string Describe(string domain, bool isHostOnly) => domain + (isHostOnly ? " host-only" : "");
    }

    private static CaseResult JudgePath(JsonProperty test) =>
        CaseResult.Equal($"default path of {test.Name}", test.Value.GetString(), CookiePath.Default(test.Name).ToString());

    private static IEnumerable<CaseResult> JudgeField(JsonElement test)
    {
        string[] fields = [.. test.GetProperty("Header").EnumerateArray().Select(field => field.GetString()!)];
        JsonElement[] expected = [.. test.GetProperty("Cookies").EnumerateArray()];
        string[] actual = [.. fields.Select(Describe).OfType<string>()];
        if (expected.Length != actual.Length)
        {
            yield return CaseResult.Failed(string.Join(" | ", fields), $"expected {expected.Length} cookies, got {actual.Length}");
            yield break;
        }

        for (int i = 0; i < actual.Length; i++)
        {
            CaseResult result = CaseResult.Equal(fields[i], Describe(expected[i]), actual[i]);
            bool isDisputed = result.Verdict == Verdict.Failed && QuotedValue.IsMatch(fields[i]);
            yield return isDisputed ? CaseResult.Disputed(fields[i], Quotes) : result;
        }
    }

    private static string? Describe(string field)
    {
        if (!SetCookie.TryParse(field, out SetCookie cookie)) return null;

        int sameSite = cookie.SameSite switch
        {
            CookieSameSite.Lax => 2,
            CookieSameSite.Strict => 3,
            CookieSameSite.None => 4,
            _ => 0,
        };
        string pair = $"{cookie.Name}={cookie.Value}", scope = $"{cookie.Domain.TrimStart('.')} {cookie.Path}";
        string life = string.Create(CultureInfo.InvariantCulture, $"{cookie.Expires:u} {cookie.MaxAge}");
        return $"{pair} | {scope} | {life} | {cookie.IsSecure} {cookie.IsHttpOnly} {sameSite}";
    }

    private static string Describe(JsonElement cookie)
    {
        // Go writes what is not there as 0, as the year 1, and an unknown SameSite as 1.
        DateTimeOffset expires = Field("Expires").GetDateTimeOffset();
        int maxAge = Field("MaxAge").GetInt32();
        int sameSite = Field("SameSite").GetInt32();
        string pair = $"{Field("Name")}={Field("Value")}", scope = $"{Field("Domain").GetString()!.TrimStart('.')} {Field("Path")}";
        string life = string.Create(CultureInfo.InvariantCulture, $"{(expires.Year == 1 ? null : expires):u} {(maxAge == 0 ? null : maxAge)}");
        return $"{pair} | {scope} | {life} | {Field("Secure")} {Field("HttpOnly")} {(sameSite == 1 ? 0 : sameSite)}";

        JsonElement Field(string field) => cookie.GetProperty(field);
    }

    /// <summary>The tests' own public suffixes: co.uk, and every name of one label, as on any list.</summary>
    private static CookieJar NewJar(FrozenClock clock) =>
        new(new() { TimeProvider = clock, PublicSuffixes = PublicSuffixList.Parse("co.uk") });

    private static string Dated(string field) => RelativeDate.Replace(
        field,
        match =>
        {
            int seconds = int.Parse(match.Groups["offset"].Value, CultureInfo.InvariantCulture);
            return Start.AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture);
        });

    [GeneratedRegex(@"\{\{now(?<offset>[+-][0-9]+)\}\}", RegexOptions.None, 1000)]
    private static partial Regex RelativeDate { get; }

    [GeneratedRegex("^[^=;]*=\\s*\"[^;]*\"\\s*(?:;|$)", RegexOptions.None, 1000)]
    private static partial Regex QuotedValue { get; }
}
