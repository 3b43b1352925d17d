namespace RequestsAsync.Cli;

/// <summary>Sends a request and prints what is wanted of the exchange.</summary>
internal sealed class RequestSender(StandardStreams streams, PrintOptions print)
{
    // What goes to a file is not printed, and what is known only after it comes after it.
    private const MessageParts BodyAndAfter = MessageParts.ResponseBody | MessageParts.Meta;

    /// <summary>The file that takes the body of the answer; <see langword="null"/> for the output.</summary>
    public string? BodyPath { get; init; }

    /// <summary>Whether the body of the answer is to stay in memory, for a record of it.</summary>
    public bool KeepsBody { get; init; }

    /// <summary>How many header fields the answer may have.</summary>
    public int MaxHeaders { get; init; } = int.MaxValue;

    private bool PrintsRequests => ((print.Last | print.Intermediate) & MessageParts.Request) != MessageParts.None;

    /// <summary>Prints the request as it would be sent, and sends nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">The session that would send it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PrintAsync(Request request, SessionOptions settings, CancellationToken cancellationToken)
    {
        settings.Cookies ??= new();
        SentRequests sent = new(isOffline: true);
        sent.Attach(settings.Hooks, settings.Cookies);
        Session session = new(settings);
        await using (session.ConfigureAwait(false))
        {
            try
            {
                Response response = await session.StreamAsync(request, cancellationToken).ConfigureAwait(false);
                await response.DisposeAsync().ConfigureAwait(false);
            }
            catch (SentRequests.StoppedException)
            {
                // Here it was to end.
            }
        }

        byte[] bytes = sent.Hops[0];
        bool isExact = print is { IsForPerson: false, Format: false, Last: MessageParts.Request };
        if (isExact) await streams.Output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        else await new MessagePrinter(streams, print).WriteRequestAsync(WireFormat.Parse(bytes), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends the request and prints what is wanted.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">The session that sends it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The status.</returns>
    public async Task<int> SendAsync(Request request, SessionOptions settings, CancellationToken cancellationToken)
    {
        settings.Cookies ??= new();
        SentRequests sent = new(isOffline: false);
        if (PrintsRequests) sent.Attach(settings.Hooks, settings.Cookies);
        Session session = new(settings);
        await using (session.ConfigureAwait(false))
        {
            MessagePrinter printer = new(streams, BodyPath is null ? print : print with { Last = print.Last & ~BodyAndAfter });
            Response response = await SendAsync(session, request, sent, printer, cancellationToken).ConfigureAwait(false);
            await using (response.ConfigureAwait(false))
            {
                if (response.Headers.Count > MaxHeaders)
                    throw new CommandException($"The answer has {response.Headers.Count} header fields, more than the {MaxHeaders} that --max-headers allows.");

                if (KeepsBody) await response.ReadAsync(cancellationToken).ConfigureAwait(false);
                await PrintAsync(printer, response, sent.Hops, cancellationToken).ConfigureAwait(false);
                if (BodyPath is null) return response.StatusCode;

                long length = await BodyFile.WriteAsync(BodyPath, response, cancellationToken).ConfigureAwait(false);
                if (print.Last.HasFlag(MessageParts.Meta)) await printer.WriteMetaAsync(response, length).ConfigureAwait(false);
                return response.StatusCode;
            }
        }
    }

    // What went out is shown also where nothing comes back.
    private static async Task<Response> SendAsync(Session session, Request request, SentRequests sent, MessagePrinter printer, CancellationToken cancellationToken)
    {
        try
        {
            return await session.StreamAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestException) when (sent.Hops.Count > 0)
        {
            await printer.WriteRequestAsync(WireFormat.Parse(sent.Hops[^1]), cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task PrintAsync(MessagePrinter printer, Response response, IReadOnlyList<byte[]> sent, CancellationToken cancellationToken)
    {
        for (int i = 0; i < response.History.Count; i++)
        {
            if (PrintsRequests) await printer.WriteIntermediateRequestAsync(WireFormat.Parse(sent[i]), cancellationToken).ConfigureAwait(false);
            await printer.WriteIntermediateResponseAsync(response.History[i], cancellationToken).ConfigureAwait(false);
        }

        if (PrintsRequests) await printer.WriteRequestAsync(WireFormat.Parse(sent[^1]), cancellationToken).ConfigureAwait(false);
        await printer.WriteResponseAsync(response, cancellationToken).ConfigureAwait(false);
    }
}
