namespace RequestsAsync;

/// <summary>Normalisation form C (UAX 15), over code points.</summary>
internal static class CanonicalComposition
{
    // Hangul syllables are composed by arithmetic (The Unicode Standard, §3.12).
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TrailCount;

    /// <summary>The normalised form of <paramref name="text"/>.</summary>
    public static List<int> Normalize(List<int> text)
    {
        // Below U+0300 nothing is decomposed that is not composed again, and nothing combines.
        if (!text.Exists(static codePoint => codePoint >= 0x300)) return text;

        List<int> result = new(text.Count * 2);
        foreach (int codePoint in text) Decompose(codePoint, result);
        Reorder(result);
        Compose(result);
        return result;
    }

    private static void Decompose(int codePoint, List<int> to)
    {
        int syllable = codePoint - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            to.Add(LeadBase + syllable / (VowelCount * TrailCount));
            to.Add(VowelBase + syllable / TrailCount % VowelCount);
            if (syllable % TrailCount != 0) to.Add(TrailBase + syllable % TrailCount);
        }
        else if (IdnaData.Instance.TryDecompose(codePoint, out (int First, int Second) parts))
        {
            Decompose(parts.First, to);
            if (parts.Second != 0) Decompose(parts.Second, to);
        }
        else
        {
            to.Add(codePoint);
        }
    }

    /// <summary>Sorts each run of marks by combining class, stably: a short run, so by insertion.</summary>
    private static void Reorder(List<int> text)
    {
        for (int i = 1; i < text.Count; i++)
        {
            int codePoint = text[i];
            int combiningClass = IdnaData.Instance.CombiningClass(codePoint);
            if (combiningClass == 0) continue;

            int to = i;
            for (; to > 0 && IdnaData.Instance.CombiningClass(text[to - 1]) > combiningClass; to--) text[to] = text[to - 1];
            text[to] = codePoint;
        }
    }

    private static void Compose(List<int> text)
    {
        int starter = -1;
        int written = 0;
        int lastClass = 0;
        for (int i = 0; i < text.Count; i++)
        {
            int codePoint = text[i];
            int combiningClass = IdnaData.Instance.CombiningClass(codePoint);

            // A mark is blocked from its starter by one of the same or a higher class between them; a starter by anything between.
            bool isAdjacent = starter == written - 1;
            bool isBlocked = !isAdjacent && lastClass >= combiningClass;
            if (starter >= 0 && !isBlocked && TryCompose(text[starter], codePoint, out int composite))
            {
                text[starter] = composite;
                continue;
            }

            if (combiningClass == 0) starter = written;
            lastClass = combiningClass;
            text[written++] = codePoint;
        }

        text.RemoveRange(written, text.Count - written);
    }

    private static bool TryCompose(int first, int second, out int composite)
    {
        int lead = first - LeadBase;
        int vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            composite = SyllableBase + (lead * VowelCount + vowel) * TrailCount;
            return true;
        }

        int syllable = first - SyllableBase;
        int trail = second - TrailBase;
        if (syllable is >= 0 and < SyllableCount && syllable % TrailCount == 0 && trail is > 0 and < TrailCount)
        {
            composite = first + trail;
            return true;
        }

        return IdnaData.Instance.TryCompose(first, second, out composite);
    }
}
