namespace RequestsAsync;

/// <summary>What is here cannot be continued: on its way within a download, which then begins anew.</summary>
internal sealed class StartOverException : Exception
{
    /// <param name="answer">The whole file, when that is what came instead of its part.</param>
    /// <param name="ignoresRanges">Whether it is no use to ask this server for parts.</param>
    /// <param name="failure">What cut the transfer off, if something did; <see langword="null"/> when the file is another one.</param>
    public StartOverException(Response? answer = null, bool ignoresRanges = false, RequestException? failure = null)
        : base("The download begins anew.", failure)
    {
        Answer = answer;
        IgnoresRanges = ignoresRanges;
        Failure = failure;
    }

    public Response? Answer { get; }

    public bool IgnoresRanges { get; }

    public RequestException? Failure { get; }
}
