using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class TunnelAnswerPropertyTests
{
    [Fact]
    public void Any_bytes_are_an_answer_or_a_format_error() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => IsHandled("HTTP/1.1 200 " + text.Get + "\r\n\r\n") && IsHandled(text.Get + "\r\n\r\n") && IsHandled($"HTTP/1.1 407 No\r\n{text.Get}\r\n\r\n"))
            .QuickCheckThrowOnFailure();

    private static bool IsHandled(string text)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        ValueTask<TunnelAnswer?> reading = TunnelAnswer.ReadAsync(stream, CancellationToken.None);
        return reading.IsCompletedSuccessfully || reading.AsTask().Exception?.InnerException is FormatException;
    }
}
