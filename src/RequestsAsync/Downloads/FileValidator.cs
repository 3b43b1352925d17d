namespace RequestsAsync;

/// <summary>What <c>If-Range</c> may hold (RFC 9110 §13.1.5): a strong entity tag, or a date that is as strong.</summary>
/// <param name="Field">The field it came in, <c>ETag</c> or <c>Last-Modified</c>.</param>
/// <param name="Value">Its value, as the server wrote it.</param>
internal sealed record FileValidator(string Field, string Value)
{
    private const string EntityTag = "ETag";
    private const string LastModified = "Last-Modified";

    // RFC 9110 §8.8.2.2 wants enough between the two dates that no difference of clocks explains it; RFC 7232 said how much.
    private static readonly TimeSpan Certain = TimeSpan.FromMinutes(1);

    /// <summary>The strong validator of an answer, or <see langword="null"/> if it has none.</summary>
    public static FileValidator? Of(Headers headers, DateTimeOffset now)
    {
        // A weak tag says that the bytes may differ, and who has any tag may not use the date.
        if (headers[EntityTag] is { } tag) return IsStrong(tag) ? new(EntityTag, tag) : null;

        return headers[LastModified] is { } modified
            && HttpDate.TryParse(modified, now, out DateTimeOffset changed)
            && HttpDate.TryParse(headers["Date"], now, out DateTimeOffset sent)
            && sent - changed >= Certain ? new(LastModified, modified) : null;
    }

    /// <summary>Whether a field and its value, read from a file, are a validator.</summary>
    public static bool IsValid(string field, string value) => field is LastModified ? HttpDate.TryParse(value, DateTimeOffset.UnixEpoch, out _) : field is EntityTag && IsStrong(value);

    /// <summary>Whether an answer speaks of the same file. One that leaves the field out, as a 206 may, does not contradict.</summary>
    public bool Fits(Headers headers) => headers[Field] is not { } value || value == Value;

    /// <summary>Whether an answer says that it is the same file.</summary>
    public bool IsIn(Headers headers) => headers[Field] == Value;

    private static bool IsStrong(string tag) => tag.Length >= 2 && tag[0] == '"' && tag.IndexOf('"', 1) == tag.Length - 1;
}
