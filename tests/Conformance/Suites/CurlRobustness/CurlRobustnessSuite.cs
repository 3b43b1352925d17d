using System.Globalization;
using System.Text;
using System.Text.Json;
using RequestsAsync.Conformance.Suites;
using RequestsAsync.Testing;

namespace RequestsAsync.Conformance;

/// <summary>Odd replies of curl's tests: where curl ends with an error, this library throws what that error is here.</summary>
internal sealed class CurlRobustnessSuite : Suite
{
    private const int Concurrency = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public override string Name => "curl-robustness";

    public override string Folder => "curl-suite";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        JsonElement[] cases = [.. ReadJson(folder, "response-robustness.json").EnumerateArray()];
        return Task.Run(() => RunAsync(cases)).GetAwaiter().GetResult();
    }

    private static async Task<IEnumerable<CaseResult>> RunAsync(JsonElement[] cases)
    {
        CurlReplies replies = new(cases.ToDictionary(item => item.GetProperty("n").GetInt32()));
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().Write(request => replies.Find(request.Target)).HalfClose().WaitForClose());

        CaseResult[] results = new CaseResult[cases.Length];
        await Parallel.ForAsync(0, cases.Length, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (i, _) =>
            results[i] = await TryAsync(cases[i], server.Port.ToString(CultureInfo.InvariantCulture)));
        return results;
    }

    // What throws something else than it may is one failure, and not the end of the suite.
    private static async Task<CaseResult> TryAsync(JsonElement item, string port)
    {
        try
        {
            return await JudgeAsync(item, port);
        }
        catch (Exception e)
        {
            return CaseResult.Failed(item.GetProperty("n").ToString(), e.ToString());
        }
    }

    private static async Task<CaseResult> JudgeAsync(JsonElement item, string port)
    {
        string id = item.GetProperty("n").GetInt32().ToString(CultureInfo.InvariantCulture);
        string exit = item.GetProperty("curl_exit").ToString();
        CurlCommand command = CurlCommand.Parse(Expand(UrlData.Text(item, "command")!, port));
        if (CurlDifferences.Foreign(item, command) is { } foreign) return CaseResult.Disputed(id, foreign);

        string? expected = UrlData.Text(item, "expected_stdout") ?? UrlData.Text(item, "expected_output_with_headers");
        RawReply reply = new(Encoding.Latin1.GetBytes(UrlData.Text(item.GetProperty("reply"), "data") ?? ""));
        string? failure = await RunAsync(command, exit, reply, expected is null ? null : Expand(expected, port));
        if (failure is null) return CaseResult.Passed(id);
        return CurlDifferences.Known(exit, command, reply) is { } known ? CaseResult.Disputed(id, known) : CaseResult.Failed(id, failure);
    }

    // The last of several transfers decides, or the first that fails.
    private static async Task<string?> RunAsync(CurlCommand command, string exit, RawReply reply, string? expected)
    {
        await using Session session = new(new() { Cookies = CookieJar.None, TrustEnvironment = false, Timeout = Patience });
        RequestException? error = null;
        foreach (string url in command.Urls)
        {
            try
            {
                using Response response = await session.SendAsync(command.Method ?? "GET", url, command.Options);
                error = null;
                if (exit == "0" && expected is not null && !CurlOutput.IsExpected(expected, command, response, response.Content.Span))
                    return $"expected '{expected}', got '{Encoding.Latin1.GetString(response.Content.Span)}'";
            }
            catch (RequestException e)
            {
                error = e;
                if (command.FailsEarly) break;
            }
        }

        return CurlExit.IsMetBy(exit, error, reply) ? null : $"expected what curl ends with {exit} for, got {error?.ToString() ?? "a response"}";
    }

    private static string Expand(string text, string port) => text.Replace("%HTTPPORT", port, StringComparison.Ordinal);
}
