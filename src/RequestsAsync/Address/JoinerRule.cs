namespace RequestsAsync;

/// <summary>Where the two invisible joiners may stand in a label (RFC 5892 appendix A.1 and A.2).</summary>
internal static class JoinerRule
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;
    private const int Virama = 9;

    /// <summary>Whether every joiner of the label changes how its neighbours look.</summary>
    public static bool IsKept(List<int> label)
    {
        for (int i = 0; i < label.Count; i++)
        {
            if (label[i] is not (NonJoiner or Joiner)) continue;
            if (i > 0 && IdnaData.Instance.CombiningClass(label[i - 1]) == Virama) continue;
            if (label[i] == Joiner || !BreaksCursive(label, i)) return false;
        }

        return true;
    }

    private static bool BreaksCursive(List<int> label, int at) =>
        NextJoining(label, at, -1) is JoiningType.LeftJoining or JoiningType.DualJoining
        && NextJoining(label, at, 1) is JoiningType.RightJoining or JoiningType.DualJoining;

    private static JoiningType NextJoining(List<int> label, int at, int step)
    {
        for (at += step; at >= 0 && at < label.Count; at += step)
        {
            JoiningType joining = IdnaData.Instance.Joining(label[at]);
            if (joining != JoiningType.Transparent) return joining;
        }

        return JoiningType.NonJoining;
    }
}
