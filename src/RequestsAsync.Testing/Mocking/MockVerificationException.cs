namespace RequestsAsync.Testing;

/// <summary>What a <see cref="MockTransport"/> was called with is not what was said. The message lists what is missing, what was too much, and every call.</summary>
public sealed class MockVerificationException : Exception
{
    internal MockVerificationException(string message)
        : base(message)
    {
    }
}
