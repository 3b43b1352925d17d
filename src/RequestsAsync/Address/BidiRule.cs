namespace RequestsAsync;

/// <summary>The rule for labels of a domain that has right-to-left text (RFC 5893 §2).</summary>
internal static class BidiRule
{
    /// <summary>Whether the label makes its domain a bidirectional one, so that the rule holds for every label of it.</summary>
    public static bool HasRightToLeft(List<int> label) =>
        label.Exists(static codePoint => IdnaData.Instance.Bidi(codePoint) is BidiClass.RightToLeft or BidiClass.ArabicLetter or BidiClass.ArabicNumber);

    /// <summary>Whether the label keeps the rule.</summary>
    public static bool IsKept(List<int> label)
    {
        if (label.Count == 0) return true;

        return IdnaData.Instance.Bidi(label[0]) switch
        {
            BidiClass.RightToLeft or BidiClass.ArabicLetter => IsKeptRightToLeft(label),
            BidiClass.LeftToRight => IsKeptLeftToRight(label),
            _ => false,
        };
    }

    private static bool IsKeptRightToLeft(List<int> label)
    {
        bool hasEuropean = false;
        bool hasArabic = false;
        foreach (int codePoint in label)
        {
            BidiClass bidi = IdnaData.Instance.Bidi(codePoint);
            if (bidi is BidiClass.Other or BidiClass.LeftToRight) return false;
            hasEuropean |= bidi == BidiClass.EuropeanNumber;
            hasArabic |= bidi == BidiClass.ArabicNumber;
        }

        return !(hasEuropean && hasArabic)
            && LastBeforeMarks(label) is BidiClass.RightToLeft or BidiClass.ArabicLetter or BidiClass.EuropeanNumber or BidiClass.ArabicNumber;
    }

    private static bool IsKeptLeftToRight(List<int> label)
    {
        foreach (int codePoint in label)
        {
            if (IdnaData.Instance.Bidi(codePoint) is BidiClass.Other or BidiClass.RightToLeft or BidiClass.ArabicLetter or BidiClass.ArabicNumber)
                return false;
        }

        return LastBeforeMarks(label) is BidiClass.LeftToRight or BidiClass.EuropeanNumber;
    }

    private static BidiClass LastBeforeMarks(List<int> label)
    {
        int last = label.Count - 1;
        while (last > 0 && IdnaData.Instance.Bidi(label[last]) == BidiClass.NonspacingMark) last--;
        return IdnaData.Instance.Bidi(label[last]);
    }
}
