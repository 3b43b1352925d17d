using System.Globalization;
using RequestsAsync.Testing;

namespace RequestsAsync.Conformance;

/// <summary>Bytes that servers send, good ones and bad ones: what is taken, what is refused, and where the body ends.</summary>
internal sealed class Http1FramingSuite : Suite
{
    private const int Concurrency = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public override string Name => "http1-framing";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        FramingCase[] cases =
        [
            .. ReadJson(folder, "mixed.json").EnumerateArray().Select(FramingCases.Mixed),
            .. ReadJson(folder, "go-response.json").EnumerateArray().Select(FramingCases.Go),
            .. ReadJson(folder, "llhttp-response.json").EnumerateArray().Select(FramingCases.Llhttp),
        ];
        return Task.Run(() => RunAsync(cases)).GetAwaiter().GetResult();
    }

    private static async Task<IEnumerable<CaseResult>> RunAsync(FramingCase[] cases)
    {
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadHead().Write(request => cases[int.Parse(request.Target.AsSpan(1), CultureInfo.InvariantCulture)].Raw).HalfClose().WaitForClose());
        await using Session session = new(new() { Cookies = CookieJar.None, FollowRedirects = false, TrustEnvironment = false, Timeout = Patience });

        CaseResult[] results = new CaseResult[cases.Length];
        await Parallel.ForAsync(0, cases.Length, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (i, _) =>
            results[i] = await JudgeAsync(session, cases[i], $"http://127.0.0.1:{server.Port}/{i}"));
        return results;
    }

    private static async Task<CaseResult> JudgeAsync(Session session, FramingCase test, string url)
    {
        if (test.Foreign is { } foreign) return CaseResult.Disputed(test.Id, foreign);

        try
        {
            FramingAnswer answer = await FramingAnswer.GetAsync(session, test.Method, url);
            if (answer.Compare(test) is not { } difference) return CaseResult.Passed(test.Id);

            return FramingRules.All.FirstOrDefault(rule => rule.Fault == difference.Fault && rule.Recognizes(test)) is { } known
                ? CaseResult.Disputed(test.Id, known.Reason)
                : CaseResult.Failed(test.Id, difference.Detail);
        }
        catch (Exception e)
        {
            // What throws something else than it may is one failure, and not the end of the suite.
            return CaseResult.Failed(test.Id, e.ToString());
        }
    }
}
