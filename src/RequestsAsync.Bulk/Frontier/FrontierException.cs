namespace RequestsAsync.Bulk;

/// <summary>The frontier could not store or find something: a full disk, a database that does not answer, a journal that is damaged. The message says what to do.</summary>
public class FrontierException : IOException
{
    /// <summary>Creates it.</summary>
    public FrontierException()
    {
    }

    /// <summary>Creates it.</summary>
    /// <param name="message">What happened, to which file or database, and what to do.</param>
    public FrontierException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it.</summary>
    /// <param name="message">What happened, to which file or database, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public FrontierException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
