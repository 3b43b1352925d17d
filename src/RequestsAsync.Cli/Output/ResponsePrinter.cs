using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Prints an answer: for a person with everything harmless, for a program byte by byte.</summary>
internal sealed class ResponsePrinter(StandardStreams streams)
{
    /// <summary>Prints the status line, the header fields and a blank line.</summary>
    public Task WriteHeadAsync(Response response)
    {
        StringBuilder head = new();
        head.Append("HTTP/").Append(response.HttpVersion.Major);
        if (response.HttpVersion.Major < 2) head.Append('.').Append(response.HttpVersion.Minor); // HTTP/2 and HTTP/3 have no minor version
        head.Append(' ').Append(response.StatusCode).Append(' ').Append(Safe(response.Reason)).Append('\n');
        foreach ((string name, string value) in response.Headers)
            head.Append(Safe(name)).Append(": ").Append(Safe(value)).Append('\n');
        return streams.Text.WriteAsync(head.Append('\n'));
    }

    /// <summary>Prints the body.</summary>
    public async Task WriteBodyAsync(Response response, CancellationToken cancellationToken)
    {
        if (streams.IsTerminal)
        {
            ReadOnlyMemory<byte> body = await response.ReadAsync(cancellationToken).ConfigureAwait(false);
            await streams.Text.WriteAsync(Shown(response, body.Length)).ConfigureAwait(false);
            return;
        }

        await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(cancellationToken).ConfigureAwait(false))
            await streams.Output.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
    }

    private static string Shown(Response response, int length)
    {
        if (TerminalText.IsBinary(response.Text))
            return $"[{length} bytes of binary data are not shown here. Write them to a file with -o FILE, or pipe them on.]\n";

        string text = TerminalText.Lines(response.Text);
        return text.Length == 0 || text.EndsWith('\n') ? text : text + "\n"; // or the prompt would follow on the same line
    }

    private string Safe(string text) => streams.IsTerminal ? TerminalText.Line(text) : text;
}
