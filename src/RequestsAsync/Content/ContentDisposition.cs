namespace RequestsAsync;

/// <summary>What a Content-Disposition header says about the body (RFC 6266).</summary>
public sealed class ContentDisposition
{
    private ContentDisposition(string type, IReadOnlyDictionary<string, string> parameters)
    {
        Type = type;
        Parameters = parameters;
        FileName = SafeFileName.From(parameters.GetValueOrDefault("filename"));
    }

    /// <summary>The disposition in lower case: <c>attachment</c>, <c>inline</c> or another.</summary>
    public string Type { get; }

    /// <summary>The suggested file name, safe to save under; <see langword="null"/> when there is none or nothing safe is left of it.</summary>
    /// <value>
    /// Never a path: only the last part of what the server sent, without control characters, leading or trailing dots and
    /// reserved device names, at most 240 bytes. <c>filename*</c> (RFC 8187) is preferred to <c>filename</c>.
    /// </value>
    public string? FileName { get; }

    /// <summary>All parameters, decoded; names are compared without regard to case and are without the <c>*</c> of extended ones.</summary>
    /// <remarks>These are the server's own words: never use <c>Parameters["filename"]</c> as a path, use <see cref="FileName"/>.</remarks>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The disposition and the safe file name.</summary>
    public override string ToString() => FileName is null ? Type : $"{Type}; filename=\"{FileName}\"";

    /// <summary>Reads a field value; <see langword="null"/> when it has no disposition type.</summary>
    /// <remarks>
    /// Parameters are read as leniently as browsers do: a value may be unquoted and hold spaces, what follows a closing
    /// quote is ignored, the first of two equal names counts. A string that is never closed is not believed.
    /// </remarks>
    internal static ContentDisposition? Parse(string? value)
    {
        HeaderScanner scanner = new(value);
        ReadOnlySpan<char> type = scanner.TakeUntil(";").Trim(HeaderScanner.HttpWhitespace);
        if (!HeaderRules.IsToken(type)) return null;

        HeaderParameters parameters = new();
        while (scanner.TryTake(';'))
            ReadParameter(ref scanner, parameters);
        return new(type.ToString().ToLowerInvariant(), parameters.Values);
    }

    private static void ReadParameter(ref HeaderScanner scanner, HeaderParameters parameters)
    {
        ReadOnlySpan<char> name = scanner.TakeUntil(";=").Trim(HeaderScanner.HttpWhitespace);
        if (!scanner.TryTake('=')) return;

        scanner.SkipWhitespace();
        if (scanner.IsAt('"'))
        {
            string text = scanner.TakeQuotedString(out bool closed);
            scanner.TakeUntil(";");
            // RFC 8187 §3.2: an extended value is never quoted.
            if (closed && !name.EndsWith('*')) parameters.Add(name, text);
        }
        else
        {
            parameters.Add(name, scanner.TakeUntil(";").TrimEnd(HeaderScanner.HttpWhitespace).ToString());
        }
    }
}
