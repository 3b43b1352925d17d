namespace RequestsAsync;

/// <summary>Makes JSON content, and turns what a serializer throws into the typed error of a bad request.</summary>
internal static class JsonBody
{
    public static Body Guard(Func<byte[]> serialize)
    {
        try
        {
            return Body.FromBytes(serialize(), "application/json");
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            // NaN and the infinities arrive here as ArgumentException: JSON has no such numbers (RFC 8259 §6).
            throw new InvalidRequestException($"The value cannot be written as JSON: {e.Message}", e);
        }
    }
}
