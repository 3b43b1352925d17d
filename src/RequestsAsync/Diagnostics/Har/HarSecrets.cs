using System.Text;
using System.Text.RegularExpressions;

namespace RequestsAsync;

/// <summary>Puts a mark in the place of what is secret in one entry.</summary>
/// <remarks>
/// To mark what is marked already changes nothing. A secret that the answer repeats under another name is marked there too: see <see cref="HarEchoes"/>.
/// </remarks>
/// <param name="rules">What is secret.</param>
internal sealed partial class HarSecrets(HarSecretRules rules)
{
    public const string Mark = "[redacted]";

    private const string MarkInUrl = "%5Bredacted%5D"; // RFC 3986 §3.4: no brackets in a query

    private readonly HarEchoes _echoes = new();

    /// <summary>An entry without its secrets.</summary>
    public HarExchange Apply(HarExchange entry)
    {
        if (rules.KeepsSecrets) return entry;

        HarRequest request = Apply(entry.Request);
        HarSecretText text = new(rules, this);
        HarResponse response = entry.Response;
        response = response with
        {
            Headers = Fields(response.Headers),
            Trailers = Fields(response.Trailers),
            Content = new HarSecretBody(rules, this).Mark(response.Content, response.Headers),
            Error = response.Error is { } error ? Rewritten(text.Mark(error, "")) : null,
            Faults = [.. response.Faults.Select(fault => fault with { Message = Rewritten(text.Mark(fault.Message, "")) })],
        };
        return entry with { Request = request, Response = Echoed(response) }; // what one field reveals to be a secret may stand in one before it
    }

    /// <summary>A request without its secrets.</summary>
    public HarRequest Apply(HarRequest request) => rules.KeepsSecrets ? request : request with
    {
        Url = Rewritten(Url(request.Url)),
        Headers = Fields(request.Headers),
        Body = request.Body is { } body ? new HarSecretBody(rules, this).Mark(body, request.Headers) : null,
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

        if (rules.IsField(name, value)) return Found(value, Mark, isTelling: true);
        if (Headers.SameName(name, "Location") || Headers.SameName(name, "Content-Location") || Headers.SameName(name, "Referer")) return Rewritten(Url(value));
        return Rewritten(new HarSecretText(rules, this).Inner(value));
    }

    /// <summary>The URLs in a text, each without its secrets.</summary>
    public string UrlsIn(string text) => text.Contains("://", StringComparison.Ordinal) ? AnyUrl().Replace(text, match => Url(match.Value)) : text;

    /// <summary>Takes note of a secret.</summary>
    /// <param name="secret">The value.</param>
    /// <param name="mark">What stands for it.</param>
    /// <param name="isTelling">Whether its name leaves no doubt.</param>
    /// <returns>The mark.</returns>
    public string Found(string secret, string mark, bool isTelling)
    {
        _echoes.Note(secret, isTelling);
        return mark;
    }

    /// <summary>What the caller's own function makes of a text.</summary>
    public string Rewritten(string text) => rules.Rewrite?.Invoke(text) ?? text;

    private List<KeyValuePair<string, string>> Fields(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        [.. headers.Select(header => KeyValuePair.Create(header.Key, Field(header.Key, header.Value)))];

    /// <summary>A query, a fragment or a form.</summary>
    public string Parameters(string encoded, string mark) => string.Join('&', encoded.Split('&').Select(field =>
    {
        int equals = field.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == field.Length - 1) return field;

        string name = FormUrlDecoder.Decode(field[..equals]);
        string value = FormUrlDecoder.Decode(field[(equals + 1)..]);
        if (rules.IsParameter(name[(name.LastIndexOf('?') + 1)..], value)) return field[..(equals + 1)] + Found(value, mark, rules.IsTelling(name, value)); // after a '?' within a fragment
        return value.Contains("://", StringComparison.Ordinal) && UrlsIn(value) is var inner && inner != value ? field[..(equals + 1)] + Uri.EscapeDataString(inner) : field;
    }));

    private string CookiePair(string pair)
    {
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals == pair.Length - 1) return pair; // it is being removed
        string name = equals < 0 ? "" : pair[..equals].Trim();
        string value = pair[(equals + 1)..];
        return pair[..(equals + 1)] + Found(value, Mark, rules.IsTelling(name, value));
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

    private HarResponse Echoed(HarResponse response)
    {
        HarBody content = response.Content;
        if (content is { Text: { } text, IsBase64: false } && _echoes.Mark(text) is var marked && marked != text) content = content.WithText(marked);
        if (content is { Text: not null, IsBase64: true, IsCoded: false })
        {
            string bytes = Encoding.Latin1.GetString(content.ToBytes());
            if (_echoes.Mark(bytes) is var left && left != bytes) content = HarBody.Of(Encoding.Latin1.GetBytes(left), content.MimeType) with { Comment = content.Comment, Saved = content.Saved };
        }

        return response with
        {
            Headers = Each(response.Headers),
            Trailers = Each(response.Trailers),
            Content = content,
            Error = response.Error is { } error ? _echoes.Mark(error) : null,
            Faults = [.. response.Faults.Select(fault => fault with { Message = _echoes.Mark(fault.Message) })],
        };

        IReadOnlyList<KeyValuePair<string, string>> Each(IReadOnlyList<KeyValuePair<string, string>> headers) =>
            [.. headers.Select(header => KeyValuePair.Create(header.Key, _echoes.Mark(header.Value)))];
    }

    [GeneratedRegex("""\b[a-z][a-z0-9+.-]{0,30}://[^\s"'<>\\]+""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnyUrl();
}
