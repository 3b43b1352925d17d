using System.Text;
using System.Text.RegularExpressions;

namespace RequestsAsync;

/// <summary>Puts a mark in the place of what is secret in one entry.</summary>
/// <remarks>
/// To mark what is marked already changes nothing. A secret that the answer repeats under another name, as servers do that show what they got,
/// is marked there too, if it is long enough to be no accident.
/// </remarks>
/// <param name="rules">What is secret.</param>
internal sealed partial class HarSecrets(HarSecretRules rules)
{
    public const string Mark = "[redacted]";

    private const string MarkInUrl = "%5Bredacted%5D"; // RFC 3986 §3.4: no brackets in a query
    private const int ShortestEcho = 8;

    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    /// <summary>The names and values of a query or a form, decoded.</summary>
    public static IEnumerable<(string Name, string Value)> Fields(string encoded)
    {
        foreach (string field in encoded.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            yield return (Decode(equals < 0 ? field : field[..equals]), equals < 0 ? "" : Decode(field[(equals + 1)..]));
        }
    }

    /// <summary>An entry without its secrets.</summary>
    public HarExchange Apply(HarExchange entry)
    {
        if (rules.KeepsSecrets) return entry;

        HarRequest request = Apply(entry.Request);
        HarResponse response = entry.Response;
        // Then once more: what one field reveals to be a secret may stand in one before it.
        response = Echoed(response with { Headers = Fields(response.Headers), Trailers = Fields(response.Trailers), Content = Body(response.Content), Error = response.Error is { } error ? UrlsIn(error) : null, Faults = [.. response.Faults.Select(fault => fault with { Message = UrlsIn(fault.Message) })] });
        return entry with { Request = request, Response = response };
    }

    /// <summary>A request without its secrets.</summary>
    public HarRequest Apply(HarRequest request) => rules.KeepsSecrets ? request : request with
    {
        Url = Rewritten(Url(request.Url)),
        Headers = Fields(request.Headers),
        Body = request.Body is { } body ? Body(body) : null,
    };

    /// <summary>A URL, without user name and password, and with the secrets in its query and its fragment marked; the rest stays character by character.</summary>
    public string Url(string url)
    {
        if (rules.KeepsSecrets) return url;

        url = WithoutUserInfo(url);
        int fragment = url.IndexOf('#', StringComparison.Ordinal);
        string main = fragment < 0 ? url : url[..fragment];
        int query = main.IndexOf('?', StringComparison.Ordinal);
        string marked = query < 0 ? main : main[..(query + 1)] + Parameters(main[(query + 1)..], MarkInUrl);
        return fragment < 0 ? marked : $"{marked}#{Parameters(url[(fragment + 1)..], MarkInUrl)}";
    }

    /// <summary>The value of a field.</summary>
    public string Field(string name, string value)
    {
        if (rules.KeepsSecrets || value.Length == 0) return value;
        if (Headers.SameName(name, "Cookie")) return string.Join("; ", value.Split(';', StringSplitOptions.TrimEntries).Select(CookiePair));
        if (Headers.SameName(name, "Set-Cookie"))
        {
            int end = value.IndexOf(';', StringComparison.Ordinal);
            return end < 0 ? CookiePair(value) : CookiePair(value[..end]) + value[end..];
        }

        if (rules.IsField(name, value)) return Found(value, Mark);
        if (Headers.SameName(name, "Location") || Headers.SameName(name, "Content-Location") || Headers.SameName(name, "Referer")) return Rewritten(Url(value));
        return Rewritten(UrlsIn(value));
    }

    /// <summary>The URLs in a text, each without its secrets.</summary>
    public string UrlsIn(string text) => text.Contains("://", StringComparison.Ordinal) ? AnyUrl().Replace(text, match => Url(match.Value)) : text;

    /// <summary>Takes note of a secret.</summary>
    /// <returns>What stands for it.</returns>
    public string Found(string secret, string mark)
    {
        Note(secret);
        int space = secret.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0) Note(secret[(space + 1)..]); // what follows the scheme of an Authorization
        return mark;

        void Note(string text)
        {
            if (text.Length >= ShortestEcho && !text.Contains(Mark, StringComparison.Ordinal)) _found.Add(text);
        }
    }

    private List<KeyValuePair<string, string>> Fields(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        [.. headers.Select(header => KeyValuePair.Create(header.Key, Field(header.Key, header.Value)))];

    private HarBody Body(HarBody body)
    {
        if (body.Text is null || body.IsCoded) return body;
        if (MediaType.Extract(body.MimeType) is { Essence: "multipart/form-data" } type) return Multipart(body, type);
        if (body.IsBase64) return body;

        string marked = Rewritten(new HarSecretText(rules, this).Mark(body.Text, body.MimeType));
        return marked == body.Text ? body : body.WithText(marked);
    }

    // Its parts may be of any bytes; one character for each keeps them apart.
    private HarBody Multipart(HarBody body, MediaType type)
    {
        string text = Encoding.Latin1.GetString(body.ToBytes());
        string marked = new HarSecretText(rules, this).Parts(text, type.Parameter("boundary") ?? "");
        return marked == text ? body : HarBody.Of(Encoding.Latin1.GetBytes(marked), body.MimeType) with { Comment = body.Comment };
    }

    /// <summary>A query, a fragment or a form.</summary>
    public string Parameters(string encoded, string mark) => string.Join('&', encoded.Split('&').Select(field =>
    {
        int equals = field.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == field.Length - 1) return field;

        string name = Decode(field[..equals]);
        string value = Decode(field[(equals + 1)..]);
        if (rules.IsParameter(name[(name.LastIndexOf('?') + 1)..], value)) return field[..(equals + 1)] + Found(value, mark); // after a '?' within a fragment
        return value.Contains("://", StringComparison.Ordinal) && UrlsIn(value) is var inner && inner != value ? field[..(equals + 1)] + Uri.EscapeDataString(inner) : field;
    }));

    private string CookiePair(string pair)
    {
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals == pair.Length - 1) return pair; // it is being removed
        return pair[..(equals + 1)] + Found(pair[(equals + 1)..], Mark);
    }

    private static string WithoutUserInfo(string url)
    {
        int authority = url.IndexOf("//", StringComparison.Ordinal);
        if (authority < 0 || url.AsSpan(0, authority).ContainsAny('?', '#', '/')) return url;

        authority += 2;
        int end = url.AsSpan(authority).IndexOfAny('/', '?', '#');
        end = end < 0 ? url.Length : authority + end;
        int at = url.LastIndexOf('@', end - 1, end - authority);
        return at < 0 ? url : url.Remove(authority, at + 1 - authority);
    }

    private string Rewritten(string text) => rules.Rewrite?.Invoke(text) ?? text;

    private HarResponse Echoed(HarResponse response)
    {
        if (_found.Count == 0) return response;

        string[] secrets = [.. _found.OrderByDescending(static secret => secret.Length).ThenBy(static secret => secret, StringComparer.Ordinal)];
        HarBody content = response.Content;
        if (content is { Text: { } text, IsBase64: false } && Without(text) is var marked && marked != text) content = content.WithText(marked);
        return response with { Headers = Each(response.Headers), Trailers = Each(response.Trailers), Content = content };

        IReadOnlyList<KeyValuePair<string, string>> Each(IReadOnlyList<KeyValuePair<string, string>> headers) =>
            [.. headers.Select(header => KeyValuePair.Create(header.Key, Without(header.Value)))];

        string Without(string value) => secrets.Aggregate(value, static (left, secret) => left.Replace(secret, Mark, StringComparison.Ordinal));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    [GeneratedRegex("""\bhttps?://[^\s"'<>\\]+""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnyUrl();
}
