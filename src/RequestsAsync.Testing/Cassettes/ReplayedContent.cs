namespace RequestsAsync.Testing;

/// <summary>The content of a replayed answer.</summary>
/// <param name="open">Opens its stream.</param>
internal sealed class ReplayedContent(Func<Stream> open) : StreamedContent
{
    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => open();

    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => Task.FromResult(open());
}
