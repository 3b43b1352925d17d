using System.Text;

namespace RequestsAsync;

/// <summary>A media type with its parameters, read as browsers read it (WHATWG MIME Sniffing §4.4), so that what is wrong in one parameter spoils nothing else.</summary>
internal sealed class MediaType
{
    private readonly List<KeyValuePair<string, string>> _parameters;

    private Encoding? _encoding;
    private bool _hasLooked;

    private MediaType(string essence, List<KeyValuePair<string, string>> parameters)
    {
        Essence = essence;
        _parameters = parameters;
    }

    /// <summary>Type and subtype in lower case: <c>text/html</c>.</summary>
    public string Essence { get; }

    /// <summary>The parameters in their order, names in lower case, each name once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters => _parameters;

    /// <summary>The charset parameter as it was written, known or not.</summary>
    public string? Charset => Parameter("charset");

    /// <summary>The encoding that the charset parameter names, or <see langword="null"/> where there is none, or one that nobody knows.</summary>
    public Encoding? Encoding
    {
        get
        {
            // A race finds the same encoding twice.
            if (!Volatile.Read(ref _hasLooked))
            {
                _encoding = Charset is { } label ? TextEncodings.ForLabel(label) : null;
                Volatile.Write(ref _hasLooked, true);
            }

            return _encoding;
        }
    }

    public bool IsHtml => Essence is "text/html" or "application/xhtml+xml";

    public bool IsXml => Essence is "text/xml" or "application/xml" || Essence.EndsWith("+xml", StringComparison.Ordinal);

    /// <summary>The value of a parameter, named in lower case.</summary>
    public string? Parameter(string name)
    {
        foreach (KeyValuePair<string, string> parameter in _parameters)
        {
            if (parameter.Key == name) return parameter.Value;
        }

        return null;
    }

    /// <summary>The media type of a Content-Type field, or <see langword="null"/> when it has no valid one.</summary>
    /// <remarks>
    /// Of several values, in one field line or many, the last valid one counts, and without a charset of its own it has that of the
    /// first of those before it that are of the same type (Fetch, "extract a MIME type").
    /// </remarks>
    public static MediaType? Extract(string? contentType)
    {
        if (contentType is null) return null;

        MediaType? found = null;
        string? charset = null;
        HeaderScanner scanner = new(contentType);
        do
        {
            MediaType? next = Parse(scanner.TakeUntilUnquoted(','));
            if (next is null || next.Essence == "*/*") continue;

            if (found?.Essence != next.Essence) charset = next.Charset;
            else if (next.Charset is null && charset is not null) next._parameters.Add(new("charset", charset));
            found = next;
        }
        while (scanner.TryTake(','));
        return found;
    }

    /// <summary>A single media type, or <see langword="null"/> when it is not valid.</summary>
    public static MediaType? Parse(ReadOnlySpan<char> text)
    {
        HeaderScanner scanner = new(text.Trim(HeaderScanner.HttpWhitespace));
        ReadOnlySpan<char> type = scanner.TakeUntil("/");
        if (!HeaderRules.IsToken(type) || !scanner.TryTake('/')) return null;

        ReadOnlySpan<char> subtype = scanner.TakeUntil(";").TrimEnd(HeaderScanner.HttpWhitespace);
        if (!HeaderRules.IsToken(subtype)) return null;

        MediaType parsed = new($"{type}/{subtype}".ToLowerInvariant(), []);
        while (scanner.TryTake(';'))
            parsed.ReadParameter(ref scanner);
        return parsed;
    }

    private void ReadParameter(ref HeaderScanner scanner)
    {
        scanner.SkipWhitespace();
        ReadOnlySpan<char> name = scanner.TakeUntil(";=");
        if (!scanner.TryTake('=')) return;

        bool quoted = scanner.IsAt('"');
        string value = quoted
            ? scanner.TakeQuotedString(out _)
            : scanner.TakeUntil(";").TrimEnd(HeaderScanner.HttpWhitespace).ToString();
        scanner.TakeUntil(";");

        if (!HeaderRules.IsToken(name) || (value.Length == 0 && !quoted) || !IsQuotable(value)) return;

        string lowerName = name.ToString().ToLowerInvariant();
        if (Parameter(lowerName) is null) _parameters.Add(new(lowerName, value));
    }

    private static bool IsQuotable(string value)
    {
        foreach (char c in value)
        {
            if (c is not ('\t' or (>= ' ' and <= '~') or (>= '\u0080' and <= '\u00FF'))) return false;
        }

        return true;
    }
}
