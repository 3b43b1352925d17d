using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RequestsAsync.Conformance.Suites;

namespace RequestsAsync.Conformance;

/// <summary>Chooses the reply to a request as the server of curl's tests does: by the number that ends the target.</summary>
internal sealed partial class CurlReplies(IReadOnlyDictionary<int, JsonElement> cases)
{
    private const int PartsFrom = 10_000;

    private readonly Dictionary<int, int> _bounced = [];
    private readonly Lock _gate = new();

    /// <summary>The bytes of the reply; none for a target that no case knows.</summary>
    public byte[] Find(string target)
    {
        if (!int.TryParse(LastNumber().Match(target).Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return [];

        (int test, int part) = number > PartsFrom ? Math.DivRem(number, PartsFrom) : (number, 0);
        if (!cases.TryGetValue(test, out JsonElement item)) return [];

        lock (_gate)
        {
            if (_bounced.Remove(test, out int before)) part = before + 1;
            string text = UrlData.Text(item.GetProperty("reply"), part == 0 ? "data" : $"data{part}") ?? "";
            if (text.Contains("swsbounce", StringComparison.Ordinal)) _bounced[test] = part;
            return Encoding.Latin1.GetBytes(text);
        }
    }

    [GeneratedRegex(@"\d+(?=\D*$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastNumber();
}
