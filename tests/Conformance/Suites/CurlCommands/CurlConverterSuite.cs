using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RequestsAsync.Conformance.Suites;

namespace RequestsAsync.Conformance;

/// <summary>curlconverter's shell command lines, and the bytes that curl was seen to send for them.</summary>
internal sealed partial class CurlConverterSuite : Suite
{
    // What the recorder said when the requests were recorded: an answer without content, on a connection that ends.
    private static readonly byte[] Reply = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();

    // They were set when the requests were recorded.
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal) { ["MYVARIABLE"] = "my value", ["FILENAME"] = "myfile" };

    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { "accept-encoding", "expect" };

    public override string Name => "curlconverter";

    public override double Required => 0.95;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        foreach (JsonElement item in ReadJson(folder, "cases.json").EnumerateArray())
        {
            string id = UrlData.Text(item, "name")!;
            if (!item.TryGetProperty("curl_7_88_1", out JsonElement seen) || !seen.TryGetProperty("requests", out JsonElement requests))
                yield return CaseResult.Disputed(id, "nothing was recorded: it needs a proxy, a certificate or another host than loopback");
            else
                yield return JudgeAsync(id, item, [.. requests.EnumerateArray().Select(request => request.GetString()!)]).GetAwaiter().GetResult();
        }
    }

    private static async Task<CaseResult> JudgeAsync(string id, JsonElement item, string[] requests)
    {
        await using CurlRecorder recorder = new((_, _) => Reply);
        string port = recorder.Port.ToString(CultureInfo.InvariantCulture);
        string scratch = Directory.CreateTempSubdirectory("curlconverter-").FullName;
        try
        {
            foreach (JsonProperty file in item.GetProperty("files").EnumerateObject())
            {
                string path = Path.GetFullPath(file.Name, scratch);
                if (!path.StartsWith(scratch, StringComparison.Ordinal)) return CaseResult.Disputed(id, "it needs a file outside its own folder");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, file.Value.GetString());
            }

            string command = RecordedPort().Replace(UrlData.Text(item, "command")!, port);
            (string, Exception?) ran = await CurlRun.RunAsync(command, scratch, Variables, input: null);
            if (MissingFile().Match(ran.Item2?.Message ?? "") is { Success: true } missing && !item.GetProperty("files").TryGetProperty(missing.Groups["name"].Value, out _))
                return CaseResult.Disputed(id, "the data hold no content of the file that the command names");

            List<RecordedRequest> expected = [.. requests.Select(request => RecordedRequest.Parse(RecordedPort().Replace(request, port)))];
            return CurlCaseJudge.Judge(id, command, expected, recorder.Requests, Ignored, [], ran, lacksReply: false);
        }
        catch (Exception e)
        {
            return CaseResult.Failed(id, e.ToString());
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    [GeneratedRegex("there is no file '(?<name>[^']*)'", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingFile();

    [GeneratedRegex("28139", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RecordedPort();
}
