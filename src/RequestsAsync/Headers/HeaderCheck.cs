namespace RequestsAsync;

/// <summary>Refuses header fields that could split a message or mean something else to the next reader (RFC 9110 §5.5, RFC 9112 §11.1).</summary>
internal static class HeaderCheck
{
    /// <summary>Checks every field of a list.</summary>
    /// <exception cref="InvalidRequestException">One of them is not allowed; the message names it and says why.</exception>
    public static void Check(Headers headers)
    {
        foreach (ref readonly KeyValuePair<string, string?> field in headers.Entries)
        {
            if (HeaderRules.NameProblem(field.Key) is { } badName) throw new InvalidRequestException($"The header name '{Printable(field.Key)}' {badName}.");

            // The value itself stays out of the message: it may be a secret.
            if (field.Value is { } value && HeaderRules.ValueProblem(value) is { } badValue)
                throw new InvalidRequestException($"The value of the header '{field.Key}' {badValue}.");
        }
    }

    private static string Printable(string name) =>
        string.Concat(name.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
