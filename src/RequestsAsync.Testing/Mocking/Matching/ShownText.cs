namespace RequestsAsync.Testing;

/// <summary>What messages show of a request: no more of its secrets than an archive of it would, by the same rules.</summary>
internal static class ShownText
{
    private static readonly HarSecretRules Rules = new();

    /// <summary>A URL.</summary>
    internal static string Url(string url) => Fresh().Url(url);

    /// <summary>The value of a header field.</summary>
    internal static string Field(string name, string value) => Fresh().Field(name, value);

    /// <summary>The value of a parameter of a query or a form.</summary>
    internal static string Parameter(string name, string value) => Rules.IsParameter(name, value) ? HarSecrets.Mark : Fresh().UrlsIn(value);

    /// <summary>A text of that type.</summary>
    internal static string Text(string text, string mimeType) => new HarSecretText(Rules, Fresh()).Mark(text, mimeType);

    /// <summary>A value of JSON; the whole of it where the member that it is of is a secret.</summary>
    internal static string Json(string json, bool isSecret) => isSecret ? HarSecrets.Mark : Text(json, "application/json");

    /// <summary>Whether the value of a member of an object is a secret.</summary>
    internal static bool Hides(string member, string value) => Rules.IsMember(member, value);

    /// <summary>The content of a request: as text where it is one.</summary>
    internal static string? Content(MockCall call)
    {
        List<KeyValuePair<string, string>> headers = [.. call.Headers];
        byte[] bytes = call.Body.ToArray();
        HarBody body = HarBody.Of(bytes, call.Headers["Content-Type"] ?? "", HarCodings.Of(headers), isWhole: true, maxBytes: 1 << 20);
        return new HarSecretBody(Rules, Fresh()).Mark(body, headers) is { IsBase64: false, Text: { } text } ? text : null;
    }

    // It remembers what it has found, for one message.
    private static HarSecrets Fresh() => new(Rules);
}
