using System.Text;
using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>The labels of the WHATWG Encoding standard: each must name its encoding, and something must decode it.</summary>
internal sealed class Charset : Suite
{
    public override string Name => "charset";

    public override double Required => 0.99;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        foreach (JsonElement group in ReadJson(folder, "encodings.json").EnumerateArray())
        {
            foreach (JsonElement encoding in group.GetProperty("encodings").EnumerateArray())
            {
                string name = encoding.GetProperty("name").GetString()!;
                foreach (JsonElement label in encoding.GetProperty("labels").EnumerateArray())
                    yield return Judge(label.GetString()!, name);
            }
        }
    }

    private static CaseResult Judge(string label, string name)
    {
        string? found = CharsetLabels.NameOf(label);
        if (found != name) return CaseResult.Equal(label, name, found);

        Encoding? encoding = TextEncodings.ForLabel($" {label.ToUpperInvariant()}\t");
        return encoding is null ? CaseResult.Failed(label, "nothing decodes it") : CaseResult.Passed(label);
    }
}
