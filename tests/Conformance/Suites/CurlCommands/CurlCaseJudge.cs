using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>Compares what a command sent with what curl sends.</summary>
internal static partial class CurlCaseJudge
{
    /// <summary>Judges one case.</summary>
    /// <param name="id">The case's id.</param>
    /// <param name="command">The command line.</param>
    /// <param name="expected">What curl sends.</param>
    /// <param name="sent">What was sent here.</param>
    /// <param name="ignored">Names of fields that do not count, in lower case.</param>
    /// <param name="stripped">Lines that do not count.</param>
    /// <param name="ran">What the command said.</param>
    /// <param name="lacksReply">Whether a reply of curl's test server was not known.</param>
    public static CaseResult Judge(
        string id, string command, List<RecordedRequest> expected, IReadOnlyList<RecordedRequest> sent, IReadOnlySet<string> ignored, IReadOnlyList<Regex> stripped,
        (string Messages, Exception? Stopped) ran, bool lacksReply)
    {
        string[] wanted = [.. expected.Select(request => request.Comparable(ignored, stripped))];
        string[] got = [.. sent.Select(request => request.Comparable(ignored, stripped))];
        if (wanted.SequenceEqual(got, StringComparer.Ordinal)) return CaseResult.Passed(id);
        if (CurlCommandDifferences.Find(command, $"{ran.Messages}\n{ran.Stopped?.Message}", wanted, got) is { } reason) return CaseResult.Disputed(id, reason);
        if (lacksReply && IsPartOf(got, wanted))
            return CaseResult.Disputed(id, "the data hold no bytes of the replies that lead on");

        int at = 0;
        while (at < wanted.Length && at < got.Length && wanted[at] == got[at]) at++;
        string told = ran.Stopped?.Message ?? ran.Messages.Trim();
        return CaseResult.Failed(id, $"{Short(command)}: request {at + 1} of {wanted.Length}: expected '{Short(wanted.ElementAtOrDefault(at))}', got '{Short(got.ElementAtOrDefault(at))}' ({Short(told)})");
    }

    // Whether all that was sent was to be sent, in that order, and only something is missing.
    private static bool IsPartOf(string[] got, string[] wanted)
    {
        int at = 0;
        foreach (string request in wanted)
        {
            if (at < got.Length && got[at] == request) at++;
        }

        return at == got.Length && got.Length < wanted.Length;
    }

    private static string Short(string? text) => text is null ? "nothing" : text.Length <= 300 ? text : text[..300] + "…";
}
