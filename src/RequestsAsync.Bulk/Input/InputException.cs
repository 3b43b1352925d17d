namespace RequestsAsync.Bulk;

/// <summary>The input cannot be read on: it is damaged, or its source failed. What was read before is in the job.</summary>
public sealed class InputException : IOException
{
    /// <summary>Creates it.</summary>
    public InputException()
    {
    }

    /// <summary>Creates it.</summary>
    /// <param name="message">What happened, after which line.</param>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it.</summary>
    /// <param name="message">What happened, after which line.</param>
    /// <param name="innerException">The cause.</param>
    public InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
