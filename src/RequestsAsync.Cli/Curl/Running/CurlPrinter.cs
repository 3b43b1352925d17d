using System.Globalization;
using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Prints what <c>-i</c>, <c>-v</c>, <c>-I</c>, <c>-o</c>, <c>-D</c> and <c>-w</c> ask for.</summary>
internal sealed class CurlPrinter(StandardStreams streams, CurlOperation operation)
{
    /// <summary>Shows a request that is about to be sent (<c>-v</c>).</summary>
    public async ValueTask WriteRequestAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        StringBuilder head = new();
        head.Append("> ").Append(request.Method).Append(' ').Append(TerminalText.Line(request.Url.PathAndQuery)).Append('\n');
        head.Append("> Host: ").Append(TerminalText.Line(request.Headers["Host"] ?? request.Url.Origin[(request.Url.Scheme.Length + 3)..])).Append('\n');
        foreach ((string name, string value) in request.Headers)
        {
            if (CurlFields.IsName(name, "Host")) continue;

            bool isSecret = CurlFields.IsName(name, "Authorization") || CurlFields.IsName(name, "Proxy-Authorization");
            head.Append("> ").Append(TerminalText.Line(name)).Append(": ").Append(isSecret ? "[hidden]" : TerminalText.Line(value)).Append('\n');
        }

        await streams.Error.WriteAsync(head.Append(">\n"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Prints an answer, or writes it where the options say.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WriteAsync(Response response, CurlOutput output, CurlHost host, CancellationToken stopping)
    {
        bool isError = response.StatusCode >= 400;
        bool hasOwnHead = operation.Include || operation.Head;
        await WriteHeadsAsync(response, host, stopping).ConfigureAwait(false);
        await SaveEtagAsync(response, host, stopping).ConfigureAwait(false);
        CheckSize(response);

        long size = 0;
        if (operation.Fails && isError && !operation.FailsWithBody)
        {
            if (!operation.IsSilent || operation.ShowsErrors)
                await streams.Error.WriteLineAsync($"requests: {TerminalText.Line(response.Url.ToString())} answered {response.StatusCode}.").ConfigureAwait(false);
        }
        else if (output.Path is null)
        {
            size = await WriteBodyAsync(response, hasOwnHead, stopping).ConfigureAwait(false);
        }
        else
        {
            output = CurlBodyFile.Name(output, response, operation, host);
            size = await CurlBodyFile.WriteAsync(output.Path!, response, operation, host, stopping).ConfigureAwait(false);
        }

        if (operation.WriteOut is { } format) await new CurlWriteOut(response, size, output, streams).WriteAsync(format, host).ConfigureAwait(false);
        return operation.EtagCompare is not null && response.StatusCode == 304 ? ExitCode.Success : ExitCode.OfStatus(response.StatusCode);
    }

    private PrintOptions Printed(MessageParts parts) => new()
    {
        Last = parts,
        Colors = streams.WantsColors,
        Format = streams.IsTerminal,
        IsTerminal = streams.IsTerminal,
        Width = streams.Width,
    };

    private async Task WriteHeadsAsync(Response response, CurlHost host, CancellationToken stopping)
    {
        string heads = string.Concat(response.History.Append(response).Select(Head));
        if (operation.Verbose) await streams.Error.WriteAsync("< " + TerminalText.Lines(heads).TrimEnd('\n').Replace("\n", "\n< ", StringComparison.Ordinal) + "\n<\n").ConfigureAwait(false);
        if (operation.Include || operation.Head || operation.HeaderDump == "-")
        {
            MessagePrinter printer = new(streams, Printed(MessageParts.ResponseHead));
            foreach (Response hop in response.History.Append(response))
                await printer.WriteResponseAsync(hop, stopping).ConfigureAwait(false);
        }

        if (operation.HeaderDump is { Length: > 0 } path and not "-") await CurlBodyFile.WriteTextAsync(host.PathOf(path), heads, stopping).ConfigureAwait(false);
    }

    private static string Head(Response response)
    {
        StringBuilder head = new();
        head.Append("HTTP/").Append(response.HttpVersion.Major);
        if (response.HttpVersion.Major < 2) head.Append('.').Append(response.HttpVersion.Minor); // HTTP/2 and HTTP/3 have no minor version
        head.Append(' ').Append(response.StatusCode).Append(' ').Append(response.Reason).Append('\n');
        foreach ((string name, string value) in response.Headers)
            head.Append(name).Append(": ").Append(value).Append('\n');
        return head.Append('\n').ToString();
    }

    private async Task<long> WriteBodyAsync(Response response, bool hasOwnHead, CancellationToken stopping)
    {
        if (response.Method == "HEAD" || (operation.Head && hasOwnHead)) return 0;
        if (streams.IsTerminal)
        {
            await new MessagePrinter(streams, Printed(MessageParts.ResponseBody)).WriteResponseAsync(response, stopping).ConfigureAwait(false);
            return response.Content.Length;
        }

        long size = 0;
        await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(stopping).ConfigureAwait(false))
        {
            Count(ref size, chunk.Length);
            await streams.Output.WriteAsync(chunk, stopping).ConfigureAwait(false);
        }

        return size;
    }

    private void Count(ref long size, int length)
    {
        size += length;
        if (size > operation.MaxFileSize) throw TooLarge();
    }

    private void CheckSize(Response response)
    {
        if (operation.MaxFileSize is { } limit && long.TryParse(response.Headers["Content-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out long length) && length > limit)
            throw TooLarge();
    }

    private CommandException TooLarge() => new($"the body is larger than the {operation.MaxFileSize} bytes of --max-filesize.", "");

    private async Task SaveEtagAsync(Response response, CurlHost host, CancellationToken stopping)
    {
        if (operation.EtagSave is { } path && response.Headers["ETag"] is { } tag)
            await CurlBodyFile.WriteTextAsync(host.PathOf(path), tag + "\n", stopping).ConfigureAwait(false);
    }
}
