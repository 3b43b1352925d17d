namespace RequestsAsync.Testing;

/// <summary>Passes on what is written to it, and notes it. The stream below stays open.</summary>
/// <param name="inner">Where to.</param>
/// <param name="bytes">Takes the note.</param>
internal sealed class NotingStream(Stream inner, RecordedBytes bytes) : WriteOnlyStream
{
    /// <summary>Whether the stream below has failed.</summary>
    public bool HasFailed { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        bytes.Add(buffer);
        try
        {
            inner.Write(buffer);
        }
        catch (Exception) when (Fail())
        {
            throw;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        bytes.Add(buffer.Span);
        try
        {
            await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (Fail())
        {
            throw;
        }
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    // A filter, so that the exception passes with its stack as it was.
    private bool Fail()
    {
        HasFailed = true;
        return false;
    }
}
