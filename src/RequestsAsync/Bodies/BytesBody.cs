namespace RequestsAsync;

/// <summary>Content that is in memory already.</summary>
internal sealed class BytesBody(ReadOnlyMemory<byte> content, string? contentType) : Body(contentType)
{
    public override long? Length => content.Length;

    public override bool CanReplay => true;

    internal ReadOnlyMemory<byte> Content => content;

    internal override void WriteTo(Stream target, CancellationToken cancellationToken) => target.Write(content.Span);

    internal override ValueTask WriteToAsync(Stream target, CancellationToken cancellationToken) => target.WriteAsync(content, cancellationToken);
}
