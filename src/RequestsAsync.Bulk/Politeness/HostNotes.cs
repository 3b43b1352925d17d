using System.Text.Json;

namespace RequestsAsync.Bulk;

/// <summary>What the holders of a host tell one another through the frontier.</summary>
internal sealed record HostNotes
{
    /// <summary>Nothing.</summary>
    public static HostNotes None { get; } = new();

    /// <summary>The delay that autothrottle has come to, in milliseconds; <see langword="null"/> for none.</summary>
    public double? Delay { get; init; }

    /// <summary>What the host's origins said about robots, by scheme.</summary>
    public IReadOnlyDictionary<string, RobotsNote>? Robots { get; init; }

    /// <summary>Reads what <see cref="ToString"/> wrote. What cannot be read says nothing: it is asked for again.</summary>
    public static HostNotes Parse(string? text)
    {
        if (text is null) return None;
        try
        {
            return JsonSerializer.Deserialize(text, HostNotesContext.Default.HostNotes) ?? None;
        }
        catch (System.Text.Json.JsonException)
        {
            return None;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => JsonSerializer.Serialize(this, HostNotesContext.Default.HostNotes);
}
