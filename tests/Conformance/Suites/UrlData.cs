using System.Text.Json;

namespace RequestsAsync.Conformance.Suites;

/// <summary>Reading the JSON of the URL suites.</summary>
internal static class UrlData
{
    /// <summary>The cases of an array with their places; strings between them are remarks.</summary>
    public static IEnumerable<(string Id, JsonElement Case)> Cases(string file, JsonElement array)
    {
        int place = 0;
        foreach (JsonElement element in array.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Object) yield return ($"{file}/{place}", element);
            place++;
        }
    }

    /// <summary>The member's text, <see langword="null"/> when it is null or absent.</summary>
    public static string? Text(JsonElement @case, string name) =>
        @case.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? Text(member) : null;

    /// <summary>A string's text, lone surrogates included.</summary>
    public static string Text(JsonElement member)
    {
        try
        {
            return member.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json refuses a lone surrogate's escape, which some of the cases are about.
            return LoneSurrogates.Read(member.GetRawText());
        }
    }

    /// <summary>Parses as the URL standard's API does: against the base where there is one. A base of another scheme cannot matter to us.</summary>
    public static Url? Parse(string input, string? baseText)
    {
        Url? result;
        if (Url.TryParse(baseText, out Url? baseUrl)) _ = baseUrl.TryJoin(input, out result);
        else _ = Url.TryParse(input, out result);
        return result;
    }

    /// <summary>Whether the text is an absolute URL of one of our schemes.</summary>
    public static bool IsOurs(string url) =>
        url[..Math.Max(0, url.IndexOf("://", StringComparison.Ordinal))].ToLowerInvariant() is "http" or "https" or "ws" or "wss";
}
