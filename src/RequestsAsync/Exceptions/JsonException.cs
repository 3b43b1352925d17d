namespace RequestsAsync;

/// <summary>The body is not JSON, or not the JSON that was asked for; the cause is a <see cref="System.Text.Json.JsonException"/>.</summary>
public sealed class JsonException : ContentException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public JsonException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
