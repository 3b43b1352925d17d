using System.Globalization;
using System.Text;

namespace RequestsAsync.Conformance.Suites;

/// <summary>Reads a JSON string that has surrogates without their other halves.</summary>
internal static class LoneSurrogates
{
    /// <summary>Decodes the string's raw text, quotes included; the lone surrogates stay in it as they are.</summary>
    public static string Read(string raw)
    {
        StringBuilder text = new();
        for (int i = 1; i < raw.Length - 1; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u')
            {
                text.Append((char)int.Parse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append(raw[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', char other => other });
            }
        }

        return text.ToString();
    }
}
