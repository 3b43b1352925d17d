namespace RequestsAsync;

/// <summary>Work for a <see cref="WorkerThreads"/>.</summary>
internal interface IThreadCall
{
    /// <summary>Does it. It must not throw.</summary>
    void Run();
}
