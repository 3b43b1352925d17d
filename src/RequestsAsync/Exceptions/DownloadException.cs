namespace RequestsAsync;

/// <summary>A download that the server would have served could not be put in its place: the file is there, the disk is full, the checksum differs.</summary>
public sealed class DownloadException : ContentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">What stood against it.</param>
    /// <param name="message">What happened and what to do about it.</param>
    /// <param name="innerException">The cause, as the runtime reported it.</param>
    public DownloadException(DownloadProblem problem, string message, Exception? innerException = null)
        : base(message, innerException) => Problem = problem;

    /// <summary>What stood against it.</summary>
    public DownloadProblem Problem { get; }
}
