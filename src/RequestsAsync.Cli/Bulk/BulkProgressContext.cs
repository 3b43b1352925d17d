using System.Text.Json.Serialization;

namespace RequestsAsync.Cli;

/// <summary>How <see cref="BulkProgressLine"/> and <see cref="BulkStatusLine"/> are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BulkProgressLine))]
[JsonSerializable(typeof(BulkStatusLine))]
internal sealed partial class BulkProgressContext : JsonSerializerContext;
