using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RequestsAsync.Conformance.Suites;

namespace RequestsAsync.Conformance;

/// <summary>curl's own tests: a command line, and the bytes that curl sends for it.</summary>
internal sealed class CurlSuite : Suite
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    public override string Name => "curl";

    public override string Folder => "curl-suite";

    public override double Required => 0.95;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        Dictionary<int, JsonElement> replies = ReadJson(folder, "http-tests.json").EnumerateArray()
            .Where(item => item.TryGetProperty("reply", out JsonElement reply) && reply.ValueKind == JsonValueKind.Object)
            .ToDictionary(item => item.GetProperty("n").GetInt32(), item => item.GetProperty("reply"));
        JsonElement[] cases = [.. ReadJson(folder, "cli-to-request.json").EnumerateArray()];
        CaseResult[] results = new CaseResult[cases.Length];
        Parallel.ForAsync(0, cases.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            results[i] = await JudgeAsync(cases[i], replies)).GetAwaiter().GetResult();
        return results;
    }

    private static async ValueTask<CaseResult> JudgeAsync(JsonElement item, Dictionary<int, JsonElement> replies)
    {
        int number = item.GetProperty("n").GetInt32();
        string id = number.ToString(CultureInfo.InvariantCulture);
        CurlReplyParts parts = new(UrlData.Text(item, "reply"), replies.TryGetValue(number, out JsonElement all) ? all : null);
        await using CurlRecorder recorder = new(parts.Choose);
        string folder = Directory.CreateTempSubdirectory("curl-suite-").FullName;
        try
        {
            string Expand(string text) => text
                .Replace("%HTTPPORT", recorder.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("%LOGDIR", folder, StringComparison.Ordinal)
                .Replace("%PWD", folder, StringComparison.Ordinal)
                .Replace("%TESTNUMBER", id, StringComparison.Ordinal)
                .Replace("%PROXYPORT", "1", StringComparison.Ordinal)
                .Replace("%NOLISTENPORT", "1", StringComparison.Ordinal);

            string command = CurlRun.Utf8(Expand(UrlData.Text(item, "command")!));
            foreach (JsonProperty file in item.GetProperty("files").EnumerateObject())
                await File.WriteAllBytesAsync(Expand(file.Name), Encoding.Latin1.GetBytes(Expand(file.Value.GetString()!)));

            // Where a case brings the file that curl would write, its runner names it on the command line.
            string output = Path.Combine(folder, $"curl{id}.out");
            if (File.Exists(output)) command += $" -o {output}";

            (string, Exception?) ran = await CurlRun.RunAsync(command, folder, Variables(UrlData.Text(item, "env"), Expand), UrlData.Text(item, "stdin") is { } stdin ? Expand(stdin) : null);
            List<RecordedRequest> expected = RecordedRequest.Split(Expand(UrlData.Text(item, "expected_requests")!).Replace("[DISCONNECT]\n", "", StringComparison.Ordinal).Replace("[DISCONNECT]\r\n", "", StringComparison.Ordinal));
            return CurlCaseJudge.Judge(id, command, expected, recorder.Requests, Ignored(command), Stripped(UrlData.Text(item, "strip")), ran, parts.LacksReply);
        }
        catch (Exception e)
        {
            return CaseResult.Failed(id, e.ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string> Variables(string? text, Func<string, string> expand) => (text ?? "").Split('\n')
        .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
        .ToDictionary(pair => pair[0], pair => expand(pair[1]).Trim('"'), StringComparer.Ordinal);

    private static HashSet<string> Ignored(string command)
    {
        // What no client should send (RFC 9112 §C.2.2), and which codings are asked for where the command leaves that to the program.
        HashSet<string> ignored = ["proxy-connection"];
        if (command.Contains("--compressed", StringComparison.Ordinal)) ignored.Add("accept-encoding");
        return ignored;
    }

    private static List<Regex> Stripped(string? rules) =>
        [.. (rules ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(rule => new Regex(rule.Trim(), RegexOptions.CultureInvariant, MatchTimeout))];
}
