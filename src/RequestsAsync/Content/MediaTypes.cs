namespace RequestsAsync;

/// <summary>The media types that were read last: a server has few, and names one of them with every response.</summary>
internal sealed class MediaTypes
{
    private const int Size = 8; // a power of two

    private readonly Entry?[] _kept = new Entry?[Size];

    /// <inheritdoc cref="MediaType.Extract"/>
    public MediaType? Extract(string? contentType)
    {
        if (contentType is null) return null;

        ref Entry? place = ref _kept[contentType.Length & (Size - 1)];
        if (place is not { } entry || entry.Text != contentType) place = entry = new(contentType, MediaType.Extract(contentType));
        return entry.MediaType;
    }

    private sealed record Entry(string Text, MediaType? MediaType);
}
