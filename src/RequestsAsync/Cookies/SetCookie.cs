using System.Globalization;
using System.Text;

namespace RequestsAsync;

/// <summary>One Set-Cookie field, taken apart by RFC 6265bis §5.6; what it means for a jar is the jar's affair.</summary>
/// <remarks>The parts are slices of the field. Of an attribute that is written twice, the last one that can be understood counts.</remarks>
internal ref struct SetCookie
{
    public ReadOnlySpan<char> Name { get; private set; }

    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>As it was written, a leading dot included; empty when there is none, or when the last one is empty.</summary>
    public ReadOnlySpan<char> Domain { get; private set; }

    /// <summary>Empty when the default path is meant.</summary>
    public ReadOnlySpan<char> Path { get; private set; }

    /// <summary>Whether there is a Path attribute, be it an empty one.</summary>
    public bool HasPath { get; private set; }

    public DateTimeOffset? Expires { get; private set; }

    /// <summary>In seconds; a number beyond a <see langword="long"/> is the nearest one.</summary>
    public long? MaxAge { get; private set; }

    public bool IsSecure { get; private set; }

    public bool IsHttpOnly { get; private set; }

    public CookieSameSite SameSite { get; private set; }

    /// <summary>Reads a field; <see langword="false"/> when it sets no cookie at all.</summary>
    public static bool TryParse(ReadOnlySpan<char> field, out SetCookie cookie)
    {
        cookie = default;
        if (!CookieSyntax.IsSendable(field)) return false;

        ReadOnlySpan<char> pair = TakePart(ref field);
        int equals = pair.IndexOf('=');
        cookie.Name = equals < 0 ? [] : CookieSyntax.Trim(pair[..equals]);
        cookie.Value = CookieSyntax.Trim(pair[(equals + 1)..]);
        if (cookie.Name.IsEmpty && cookie.Value.IsEmpty) return false;
        if (CookieSyntax.IsPairTooLong(cookie.Name, cookie.Value)) return false;

        while (!field.IsEmpty) cookie.Apply(TakePart(ref field));
        return true;
    }

    private static ReadOnlySpan<char> TakePart(scoped ref ReadOnlySpan<char> field)
    {
        int end = field.IndexOf(';');
        ReadOnlySpan<char> part = end < 0 ? field : field[..end];
        field = end < 0 ? [] : field[(end + 1)..];
        return part;
    }

    private void Apply(ReadOnlySpan<char> attribute)
    {
        int equals = attribute.IndexOf('=');
        ReadOnlySpan<char> name = CookieSyntax.Trim(equals < 0 ? attribute : attribute[..equals]);
        ReadOnlySpan<char> value = equals < 0 ? [] : CookieSyntax.Trim(attribute[(equals + 1)..]);
        if (Encoding.UTF8.GetByteCount(value) > CookieSyntax.MaxAttributeBytes) return;

        if (Is(name, "Expires"))
        {
            if (CookieDate.TryParse(value, out DateTimeOffset expires)) Expires = expires;
        }
        else if (Is(name, "Max-Age"))
        {
            if (TryReadSeconds(value, out long seconds)) MaxAge = seconds;
        }
        else if (Is(name, "Domain"))
        {
            Domain = value;
        }
        else if (Is(name, "Path"))
        {
            HasPath = true;
            Path = value is ['/', ..] ? value : [];
        }
        else if (Is(name, "Secure"))
        {
            IsSecure = true;
        }
        else if (Is(name, "HttpOnly"))
        {
            IsHttpOnly = true;
        }
        else if (Is(name, "SameSite"))
        {
            SameSite = ReadSameSite(value);
        }
    }

    private static bool Is(ReadOnlySpan<char> text, string name) => text.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static CookieSameSite ReadSameSite(ReadOnlySpan<char> value) =>
        Is(value, "Strict") ? CookieSameSite.Strict
        : Is(value, "Lax") ? CookieSameSite.Lax
        : Is(value, "None") ? CookieSameSite.None
        : CookieSameSite.Default;

    private static bool TryReadSeconds(ReadOnlySpan<char> value, out long seconds)
    {
        seconds = 0;
        bool isNegative = value is ['-', ..];
        ReadOnlySpan<char> digits = isNegative ? value[1..] : value;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9')) return false;

        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)) seconds = long.MaxValue;
        if (isNegative) seconds = -seconds;
        return true;
    }
}
