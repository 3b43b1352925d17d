using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RequestsAsync;

/// <summary>Internationalised domain names: the "domain to ASCII" of the URL standard, which is UTS 46, non-transitional.</summary>
/// <remarks>
/// CheckBidi and CheckJoiners are on, CheckHyphens, UseSTD3ASCIIRules and VerifyDnsLength are off. The code points that no host
/// may hold are not looked for here, see <c>HostParser</c>.
/// </remarks>
internal static class Idna
{
    private const string Prefix = "xn--";

    // Ordering marks and Punycode take quadratic time, so what a server names must not be endless. DNS has 253 characters at most.
    private const int MaxCodePoints = 1024;

    /// <summary>Maps a domain to what DNS is asked for.</summary>
    /// <param name="domain">The domain as written.</param>
    /// <param name="ascii">The domain in lower-case ASCII.</param>
    /// <param name="problem">What is wrong with the domain.</param>
    public static bool TryToAscii(string domain, [NotNullWhen(true)] out string? ascii, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        // The URL standard looks into no label of a domain that is ASCII already, not even for valid Punycode.
        if (Ascii.IsValid(domain))
        {
            ascii = domain.ToLowerInvariant();
            return true;
        }

        ascii = null;
        List<int> mapped = Map(domain);
        if (mapped.Count > MaxCodePoints)
        {
            problem = "it is longer than any name";
            return false;
        }

        List<List<int>> labels = Split(CanonicalComposition.Normalize(mapped));
        bool isBidi = false;
        for (int i = 0; i < labels.Count; i++)
        {
            problem = Decode(labels[i], out List<int> decoded) ?? FindFault(decoded);
            if (problem is not null) return false;
            labels[i] = decoded;
            isBidi |= BidiRule.HasRightToLeft(decoded);
        }

        if (isBidi && !labels.TrueForAll(BidiRule.IsKept))
        {
            problem = "it mixes directions of writing in a way that RFC 5893 forbids";
            return false;
        }

        ascii = Encode(labels);
        return true;
    }

    private static List<int> Map(string domain)
    {
        List<int> mapped = new(domain.Length);
        foreach (Rune rune in domain.EnumerateRunes())
        {
            switch (IdnaData.Instance.Status(rune.Value))
            {
                case IdnaStatus.Ignored: break;
                case IdnaStatus.Mapped: IdnaData.Instance.AppendMapped(rune.Value, mapped); break;
                // What is disallowed stays, and is found when the label is checked.
                default: mapped.Add(rune.Value); break;
            }
        }

        return mapped;
    }

    private static List<List<int>> Split(List<int> domain)
    {
        List<List<int>> labels = [[]];
        foreach (int codePoint in domain)
        {
            if (codePoint == '.') labels.Add([]);
            else labels[^1].Add(codePoint);
        }

        return labels;
    }

    /// <summary>Decodes a label that is Punycode already; any other one is left as it is.</summary>
    private static string? Decode(List<int> label, out List<int> decoded)
    {
        decoded = label;
        if (!HasPrefix(label)) return null;
        if (!IsAscii(label)) return "a label begins with 'xn--' and is not ASCII";

        decoded = [];
        string text = string.Create(label.Count - Prefix.Length, label, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++) span[i] = (char)from[Prefix.Length + i];
        });

        bool isValid = Punycode.TryDecode(text, decoded) && !IsAscii(decoded) && CanonicalComposition.Normalize(decoded).SequenceEqual(decoded);
        return isValid ? null : $"'{Prefix}{text}' is no valid Punycode";
    }

    // UTS 46 §4.1, validity criteria
    private static string? FindFault(List<int> label)
    {
        if (label.Count == 0) return null;
        if (IdnaData.Instance.IsMark(label[0])) return $"a label begins with the combining mark U+{label[0]:X4}";
        if (HasPrefix(label)) return "a label holds 'xn--' within Punycode";

        foreach (int codePoint in label)
        {
            if (codePoint == '.' || IdnaData.Instance.Status(codePoint) != IdnaStatus.Valid) return $"U+{codePoint:X4} is not allowed in it";
        }

        return JoinerRule.IsKept(label) ? null : "an invisible joiner stands where it joins nothing";
    }

    private static string Encode(List<List<int>> labels)
    {
        StringBuilder ascii = new();
        for (int i = 0; i < labels.Count; i++)
        {
            List<int> label = labels[i];
            if (i > 0) ascii.Append('.');
            if (IsAscii(label))
            {
                foreach (int codePoint in label) ascii.Append((char)codePoint);
            }
            else
            {
                ascii.Append(Prefix);
                Punycode.Encode(label, ascii);
            }
        }

        return ascii.ToString();
    }

    private static bool HasPrefix(List<int> label) => label is ['x', 'n', '-', '-', ..];

    private static bool IsAscii(List<int> label) => label.TrueForAll(static codePoint => codePoint < 0x80);
}
