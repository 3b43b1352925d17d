using System.Text.Json.Serialization;

namespace RequestsAsync.Cli;

/// <summary>How <see cref="BulkProgressLine"/> is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BulkProgressLine))]
internal sealed partial class BulkProgressContext : JsonSerializerContext;
