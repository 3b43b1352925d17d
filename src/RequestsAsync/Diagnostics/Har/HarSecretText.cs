using System.Text.RegularExpressions;

namespace RequestsAsync;

/// <summary>Marks the secrets in a content that is text: JSON, a form, XML, a message, or one that has pieces of these in it.</summary>
internal sealed partial class HarSecretText
{
    private const char ByteOrderMark = '\uFEFF';

    private readonly HarSecretRules _rules;
    private readonly HarSecrets _secrets;
    private readonly HarSecretJson _json;

    /// <param name="rules">What is secret.</param>
    /// <param name="secrets">What marks a value.</param>
    public HarSecretText(HarSecretRules rules, HarSecrets secrets)
    {
        _rules = rules;
        _secrets = secrets;
        _json = new(rules, secrets, this);
    }

    /// <summary>Marks a whole content.</summary>
    /// <param name="text">The content.</param>
    /// <param name="mimeType">Its type; what it looks like counts for more, for many a type is wrong.</param>
    public string Mark(string text, string mimeType)
    {
        if (text.StartsWith(ByteOrderMark)) return ByteOrderMark + Mark(text[1..], mimeType);
        if (mimeType.StartsWith("message/http", StringComparison.OrdinalIgnoreCase) || mimeType.StartsWith("application/http", StringComparison.OrdinalIgnoreCase)) return Message(text);
        if (BeginsAsJson(text)) return Json(text);
        if (mimeType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) || IsForm(text)) return _secrets.Parameters(text, HarSecrets.Mark);
        return mimeType.Contains("json", StringComparison.OrdinalIgnoreCase) ? Json(text) : Lines(text);
    }

    /// <summary>Marks a text within another: a string of JSON, the value of a field.</summary>
    public string Inner(string text)
    {
        if (BeginsAsJson(text)) return Json(text);
        if (IsForm(text)) return _secrets.Parameters(text, HarSecrets.Mark);
        return text.AsSpan().ContainsAny('"', '<') ? Pieces(text) : _secrets.UrlsIn(text);
    }

    private static bool BeginsAsJson(ReadOnlySpan<char> text) => text.TrimStart() is ['{' or '[', ..];

    // One field alone may be anything: only a name that leaves no doubt makes it a form.
    private bool IsForm(string text) => Form().Match(text) is { Success: true } form && (form.Groups["more"].Length > 0 || _rules.IsTelling(form.Groups["name"].Value, ""));

    private string Json(string text)
    {
        string marked = _json.Mark(text, out string rest);
        return marked + (rest.Length < text.Length ? Lines(rest) : Pieces(rest));
    }

    // Lines of JSON between others: events, logs.
    private string Lines(string text)
    {
        if (!text.Contains('{', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal)) return Pieces(text);

        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int start = lines[i].StartsWith("data:", StringComparison.Ordinal) ? 5 : lines[i].StartsWith('\x1E') ? 1 : 0; // RFC 7464 §2.2
            if (!BeginsAsJson(lines[i].AsSpan(start))) continue;

            string marked = _json.Mark(lines[i][start..], out string rest);
            if (string.IsNullOrWhiteSpace(rest)) lines[i] = lines[i][..start] + marked + rest;
        }

        return Pieces(string.Join('\n', lines));
    }

    private string Pieces(string text)
    {
        text = JsonMember().Replace(text, match => Marked(match, match.Groups["end"].Value));
        text = EscapedMember().Replace(text, match => Marked(match, ""));
        text = JsonNumber().Replace(text, match => match.Groups["value"].Value != "0" && Marked(match, "") != match.Value ? match.Groups["before"].Value + "0" : match.Value);
        if (text.Contains('<', StringComparison.Ordinal))
        {
            text = Element().Replace(text, match => Marked(match, match.Groups["end"].Value));
            text = Attribute().Replace(text, match => Marked(match, ""));
        }

        return _secrets.UrlsIn(text);
    }

    private string Marked(Match match, string end)
    {
        string name = match.Groups["name"].Value;
        string value = match.Groups["value"].Value;
        return value.Length > 0 && _rules.IsMember(name, value)
            ? $"{match.Groups["before"].Value}{_secrets.Found(value, HarSecrets.Mark, _rules.IsTelling(name, value))}{end}"
            : match.Value;
    }

    // A message in a message: what TRACE answers, a part of a batch.
    private string Message(string text)
    {
        (int end, int content) = HarHead.Find(text);
        string head = RequestTarget().Replace(HarHead.Mark(text[..end], _secrets), match => match.Groups["before"].Value + _secrets.Url(match.Groups["target"].Value));
        return head + text[end..content] + Mark(text[content..], "");
    }

    [GeneratedRegex("""(?<before>"(?<name>[^"\\\r\n]{1,100})"\s*:\s*")(?<value>(?:[^"\\\r\n]|\\.)*)(?<end>"|\\?\z)""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex JsonMember();

    [GeneratedRegex("""(?<before>\\+"(?<name>[^"\\\r\n]{1,100})\\+"\s*:\s*\\+")(?<value>[^"\\\r\n]+)""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex EscapedMember();

    [GeneratedRegex("""(?<before>"(?<name>[^"\\\r\n]{1,100})"\s*:\s*)(?<value>-?[0-9][0-9.eE+-]*)""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();

    [GeneratedRegex("""(?<before><(?<name>[\w.:-]{1,100})(?:\s[^<>]*)?>(?:<!\[CDATA\[)?)(?<value>[^<>]+)(?<end>(?:\]\]>)?</|\z)""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Element();

    [GeneratedRegex("""(?<before>\s(?<name>[\w.:-]{1,100})\s*=\s*["'])(?<value>[^"'<>\r\n]+)""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Attribute();

    [GeneratedRegex("""\A(?<name>[\w.~%+*\[\]-]{1,100})=[^\s&<>"'{}]*(?<more>(?:&[\w.~%+*\[\]-]{1,100}=[^\s&<>"'{}]*)*)\z""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("""(?<before>\A[A-Z]{1,20} )(?<target>[^ \r\n]+)""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex RequestTarget();
}
