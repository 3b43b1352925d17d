using System.Text;

namespace RequestsAsync.Testing;

/// <summary>The very bytes of the content.</summary>
/// <param name="expected">What they must be.</param>
/// <param name="isText">Whether they are shown as text.</param>
internal sealed class BytesRequirement(ReadOnlyMemory<byte> expected, bool isText) : IRequirement
{
    public bool NeedsBody => true;

    public bool IsMet(MockCall call) => call.Body.Span.SequenceEqual(expected.Span);

    public IEnumerable<Mismatch> Explain(MockCall call)
    {
        if (IsMet(call)) yield break;

        int at = call.Body.Span.CommonPrefixLength(expected.Span);
        yield return new Mismatch(Mismatch.OfBody, isText
            ? $"body: expected {Shown()}, got {CallText.Quoted(ShownText.Text(call.Text, call.Headers["Content-Type"] ?? ""))}; they differ from byte {at}"
            : $"body: expected {expected.Length} bytes, got {call.Body.Length}; they differ from byte {at}");
    }

    public override string ToString() => isText ? $"text {Shown()}" : $"{expected.Length} bytes";

    private string Shown() => CallText.Quoted(ShownText.Text(Encoding.UTF8.GetString(expected.Span), ""));
}
