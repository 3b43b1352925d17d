namespace RequestsAsync.Bulk;

/// <summary>Results cannot be stored: the disk is full, the output is gone. Nothing that was not stored counts as done, so the job can be resumed.</summary>
public sealed class SinkException : IOException
{
    /// <summary>Creates it.</summary>
    public SinkException()
    {
    }

    /// <summary>Creates it.</summary>
    /// <param name="message">What happened, to which file, and what to do.</param>
    public SinkException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it.</summary>
    /// <param name="message">What happened, to which file, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public SinkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
