using System.Text.Json.Serialization;

namespace RequestsAsync.Bulk;

/// <summary>How <see cref="FetchState"/> is written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FetchState))]
internal sealed partial class FetchStateContext : JsonSerializerContext;
