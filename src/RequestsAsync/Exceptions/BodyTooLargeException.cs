namespace RequestsAsync;

/// <summary>The body is larger than allowed, or expands so much that it must be a decompression bomb. The connection was dropped.</summary>
public sealed class BodyTooLargeException : ContentException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public BodyTooLargeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
