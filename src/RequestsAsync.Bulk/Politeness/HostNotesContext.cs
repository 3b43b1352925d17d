using System.Text.Json.Serialization;

namespace RequestsAsync.Bulk;

/// <summary>How <see cref="HostNotes"/> is written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HostNotes))]
internal sealed partial class HostNotesContext : JsonSerializerContext;
