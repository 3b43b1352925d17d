using System.Text.Json.Serialization;

namespace RequestsAsync.Micro;

/// <summary>The generated metadata, the same for every contender that can take some.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Weather))]
internal sealed partial class WeatherContext : JsonSerializerContext;
