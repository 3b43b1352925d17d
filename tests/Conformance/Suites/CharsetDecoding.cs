using System.Text;

namespace RequestsAsync.Conformance;

/// <summary>Each double-byte sequence of the East Asian encodings, valid or not. The runtime's Big5 lacks the Hong Kong supplement, which keeps the score below all.</summary>
internal sealed class CharsetDecoding : Suite
{
    private static readonly (string Data, string Label)[] Tables =
    [
        ("big5", "big5"),
        ("euc_kr", "euc-kr"),
        ("gb18030", "gb18030"),
        ("iso_2022_jp", "iso-2022-jp"),
        ("jis0208", "euc-jp"),
        ("shift_jis", "shift_jis"),
    ];

    public override string Name => "charset-decoding";

    public override string Folder => "charset";

    public override double Required => 0.9;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        foreach ((string data, string label) in Tables)
        {
            string input = Path.Combine(folder, $"{data}_in.txt"), output = Path.Combine(folder, $"{data}_in_ref.txt");
            if (!File.Exists(input) || !File.Exists(output)) continue;

            List<byte[]> lines = Split(File.ReadAllBytes(input));
            string[] expected = File.ReadAllText(output, Encoding.UTF8).Split('\n');
            IEnumerable<(byte[] Bytes, string Text)> pairs = lines.Zip(expected);
            foreach (IGrouping<int, (byte[] Bytes, string Text)> row in pairs.GroupBy(pair => Lead(pair.Bytes)))
                yield return Judge($"{data} {row.Key:X2}", label, [.. row]);
        }
    }

    /// <summary>All sequences with the same lead byte are one case, or the report would be longer than the tables.</summary>
    private static CaseResult Judge(string id, string label, List<(byte[] Bytes, string Text)> row)
    {
        int wrong = 0;
        string first = "";
        foreach ((byte[] bytes, string expected) in row)
        {
            string text = TextDecoder.Decode(bytes, $"text/plain; charset={label}", defaultEncoding: null);
            if (text == expected) continue;
            if (wrong++ == 0) first = $"{Convert.ToHexString(bytes)} should be '{expected}', got '{text}'";
        }

        return wrong == 0 ? CaseResult.Passed(id) : CaseResult.Failed(id, $"{wrong} of {row.Count}, the first is {first}");
    }

    // ISO-2022-JP puts an escape sequence of three bytes before its lead byte.
    private static int Lead(byte[] bytes) => bytes switch
    {
        [0x1B, _, _, var lead, ..] => lead,
        [var lead, ..] => lead,
        _ => 0,
    };

    // Lines are decoded one by one, so that an error in one cannot reach into the next.
    private static List<byte[]> Split(byte[] bytes)
    {
        List<byte[]> lines = [];
        int start = 0;
        for (int at = Array.IndexOf(bytes, (byte)'\n'); at >= 0; at = Array.IndexOf(bytes, (byte)'\n', start))
        {
            lines.Add(bytes[start..at]);
            start = at + 1;
        }

        lines.Add(bytes[start..]);
        return lines;
    }
}
