using System.Text.Json.Serialization;

namespace RequestsAsync.SideBySide;

/// <summary>The metadata with which every client in .NET reads the document.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Document))]
internal sealed partial class DocumentJson : JsonSerializerContext;
