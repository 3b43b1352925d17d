namespace RequestsAsync.Bulk;

/// <summary>
/// A call that changes a job. Several are made durable together: each is prepared, which marks what it takes and writes what is to be kept; then all is written to
/// the disk at once; then each is applied, or, where writing failed, undone.
/// </summary>
internal abstract class Operation
{
    /// <summary>Marks and writes; what it throws undid it already.</summary>
    /// <returns>The file that holds it, <see langword="null"/> if nothing is to be written.</returns>
    internal abstract LogFile? Prepare(Job job);

    /// <summary>Takes the marks back.</summary>
    internal abstract void Undo(Job job);

    /// <summary>Lets it take effect.</summary>
    internal abstract void Apply(Job job);

    internal abstract void Succeed();

    internal abstract void Fail(Exception exception);

    /// <returns>Whether the caller has gone away before it began.</returns>
    internal abstract bool IsCancelled();
}
