using System.Text.Json;
using System.Text.Json.Serialization;

namespace RequestsAsync.SideBySide;

/// <summary>The line of JSON in which a client's process tells what it measured, in C# and in Python.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Measurement))]
internal sealed partial class MeasurementJson : JsonSerializerContext
{
    public static string Write(Measurement measurement) => JsonSerializer.Serialize(measurement, Default.Measurement);

    /// <exception cref="FormatException">The last line is not a measurement.</exception>
    public static Measurement Read(string output)
    {
        string line = output.TrimEnd().Split('\n')[^1];
        try
        {
            return JsonSerializer.Deserialize(line, Default.Measurement) ?? throw new FormatException("The client measured nothing.");
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new FormatException($"The client printed no measurement but: {line}", e);
        }
    }
}
