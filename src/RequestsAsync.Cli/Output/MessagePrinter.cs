using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Prints requests and responses, part by part with a blank line between: for a person with everything harmless, for a program byte by byte.</summary>
internal sealed class MessagePrinter(StandardStreams streams, PrintOptions options)
{
    private bool _isInBody;

    /// <summary>Prints the last request.</summary>
    public Task WriteRequestAsync(SentMessage request, CancellationToken cancellationToken) =>
        WriteRequestAsync(request, options.Last, cancellationToken);

    /// <summary>Prints the last response, reading its body where that is printed, and its metadata.</summary>
    public Task WriteResponseAsync(Response response, CancellationToken cancellationToken) =>
        WriteResponseAsync(response, options.Last, cancellationToken);

    /// <summary>Prints a request before the last, one that was redirected.</summary>
    public Task WriteIntermediateRequestAsync(SentMessage request, CancellationToken cancellationToken) =>
        WriteRequestAsync(request, options.Intermediate, cancellationToken);

    /// <summary>Prints a response before the last, one of <see cref="Response.History"/>.</summary>
    public Task WriteIntermediateResponseAsync(Response response, CancellationToken cancellationToken) =>
        WriteResponseAsync(response, options.Intermediate, cancellationToken);

    private async Task WriteRequestAsync(SentMessage request, MessageParts parts, CancellationToken cancellationToken)
    {
        if (parts.HasFlag(MessageParts.RequestHead))
            await WriteHeadAsync(request.StartLine, request.Headers).ConfigureAwait(false);
        if (parts.HasFlag(MessageParts.RequestBody) && request.Body is { Length: > 0 } body)
        {
            await BeginPartAsync(isBody: true).ConfigureAwait(false);
            await streams.Output.WriteAsync(body, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteResponseAsync(Response response, MessageParts parts, CancellationToken cancellationToken)
    {
        if (parts.HasFlag(MessageParts.ResponseHead))
            await WriteHeadAsync(StatusLine(response), response.Headers).ConfigureAwait(false);
        if (parts.HasFlag(MessageParts.ResponseBody))
            await WriteBodyAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private static string StatusLine(Response response)
    {
        string version = response.HttpVersion.Major < 2 ? response.HttpVersion.ToString(2) : response.HttpVersion.ToString(1); // HTTP/2 and HTTP/3 have no minor version
        return $"HTTP/{version} {response.StatusCode} {response.Reason}";
    }

    private async Task WriteHeadAsync(string startLine, IEnumerable<KeyValuePair<string, string>> headers)
    {
        await BeginPartAsync(isBody: false).ConfigureAwait(false);
        StringBuilder head = new();
        head.Append(Safe(startLine)).Append('\n');
        foreach ((string name, string value) in headers)
            head.Append(Safe(name)).Append(": ").Append(Safe(value)).Append('\n');
        await streams.Text.WriteAsync(head.Append('\n')).ConfigureAwait(false);
    }

    private async Task WriteBodyAsync(Response response, CancellationToken cancellationToken)
    {
        if (options.IsForPerson)
        {
            ReadOnlyMemory<byte> body = await response.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (body.IsEmpty) return;

            await BeginPartAsync(isBody: true).ConfigureAwait(false);
            await streams.Text.WriteAsync(Shown(response, body.Length)).ConfigureAwait(false);
            return;
        }

        await BeginPartAsync(isBody: true).ConfigureAwait(false);
        await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(cancellationToken).ConfigureAwait(false))
            await streams.Output.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
    }

    private static string Shown(Response response, int length)
    {
        if (TerminalText.IsBinary(response.Text))
            return $"[{length} bytes of binary data are not shown here. Write them to a file with -o FILE, or pipe them on.]\n";

        string text = TerminalText.Lines(response.Text);
        return text.EndsWith('\n') ? text : text + "\n"; // or the prompt would follow on the same line
    }

    private async Task BeginPartAsync(bool isBody)
    {
        if (_isInBody) await streams.Text.WriteAsync("\n").ConfigureAwait(false);
        _isInBody = isBody;
    }

    private string Safe(string text) => options.IsForPerson ? TerminalText.Line(text) : text;
}
