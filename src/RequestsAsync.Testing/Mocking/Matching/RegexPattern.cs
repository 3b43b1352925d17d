using System.Text.RegularExpressions;

namespace RequestsAsync.Testing;

/// <summary>The URLs in which a regular expression finds something; its named groups are the parameters.</summary>
internal sealed class RegexPattern(Regex regex) : RoutePattern
{
    internal override bool Matches(Url url, out IReadOnlyDictionary<string, string> parameters)
    {
        parameters = NoParameters;
        Match match = regex.Match(url.ToString());
        if (!match.Success) return false;

        Dictionary<string, string> named = new(StringComparer.Ordinal);
        foreach (string name in regex.GetGroupNames().Where(name => !char.IsDigit(name[0])))
            named[name] = match.Groups[name].Value;
        parameters = named;
        return true;
    }

    internal override IEnumerable<Mismatch> Explain(Url url) =>
        regex.IsMatch(url.ToString()) ? [] : [new Mismatch(Mismatch.OfOrigin, $"URL: expected to match the regular expression {regex}, got {ShownText.Url(url.ToString())}")];

    public override string ToString() => $"/{regex}/";
}
