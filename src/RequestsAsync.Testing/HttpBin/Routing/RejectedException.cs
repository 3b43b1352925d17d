namespace RequestsAsync.Testing;

/// <summary>What the client asked for cannot be: answered with <see cref="Status"/> and the message, or the page of a 404.</summary>
internal sealed class RejectedException(int status, string message) : Exception(message)
{
    internal RejectedException(string message) : this(400, message)
    {
    }

    internal int Status => status;
}
