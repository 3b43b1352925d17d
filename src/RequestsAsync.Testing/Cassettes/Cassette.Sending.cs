using System.Globalization;

namespace RequestsAsync.Testing;

// What happens to a request.
public sealed partial class Cassette
{
    /// <summary>Sends a request on.</summary>
    internal delegate ValueTask<HttpResponseMessage> Onward(HttpRequestMessage request, bool async, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Blocking.Complete(RunAsync(request, ToInnerAsync, async: false, cancellationToken));

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        RunAsync(request, ToInnerAsync, async: true, cancellationToken).AsTask();

    internal ValueTask<HttpResponseMessage> RunAsync(HttpRequestMessage request, Onward onward, bool async, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return Mode == CassetteMode.Record
            ? RecordAsync(request, onward, async, cancellationToken)
            : ReplayAsync(request, onward, async, cancellationToken);
    }

    private async ValueTask<HttpResponseMessage> ReplayAsync(HttpRequestMessage request, Onward onward, bool async, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        HarRequest asked = Recording.RequestOf(request);
        byte[] bytes = [];
        if (request.Content is { } content)
        {
            bytes = await ReadAsync(content, asked, async, cancellationToken).ConfigureAwait(false);
            asked = Recording.WithContent(asked, bytes, _options.MaxBodyBytes);
        }

        HarRequest hidden = new HarSecrets(_options.ToRules()).Apply(asked);
        if (_track.Take(hidden) is not { } entry)
            return Mode == CassetteMode.RecordNew ? await RecordReadAsync(request, bytes, onward, async, cancellationToken).ConfigureAwait(false) : throw _track.Miss(hidden);

        await WaitAsync(entry.Exchange, async, cancellationToken).ConfigureAwait(false);
        return Replay.Answer(entry, request, _options);
    }

    // A content that can be read only once has been read.
    private async ValueTask<HttpResponseMessage> RecordReadAsync(HttpRequestMessage request, byte[] bytes, Onward onward, bool async, CancellationToken cancellationToken)
    {
        HttpContent? content = request.Content;
        if (content is not null) request.Content = Buffered(content, bytes);
        try
        {
            return await RecordAsync(request, onward, async, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            request.Content = content; // the caller's own, to look at
        }
    }

    // Whoever gave up when it was recorded gives up again.
    private async ValueTask WaitAsync(HarExchange exchange, bool async, CancellationToken cancellationToken)
    {
        bool isEndless = FaultChain.IsCancelled(exchange.Response);
        TimeSpan time = _options.ReplayTimings ? TimeSpan.FromMilliseconds(exchange.Times.Sum - exchange.Times.Receive) : TimeSpan.Zero;
        if (isEndless) await Standstill.UntilCancelledAsync(async, cancellationToken).ConfigureAwait(false);
        else await Pause.WaitAsync(time, _options.TimeProvider, async, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<HttpResponseMessage> RecordAsync(HttpRequestMessage request, Onward onward, bool async, CancellationToken cancellationToken)
    {
        Recording recording = new(request, _options);
        lock (_lock) _recordings.Add(recording);

        HttpContent? content = request.Content;
        if (content is not null) request.Content = new RecordedRequestContent(content, recording);
        try
        {
            HttpResponseMessage response = await onward(request, async, cancellationToken).ConfigureAwait(false);
            recording.Answered(response);
            return response;
        }
        catch (Exception e) when (FaultChain.IsRecorded(e))
        {
            recording.Failed(e, isCancelled: cancellationToken.IsCancellationRequested && e is OperationCanceledException);
            throw;
        }
        finally
        {
            request.Content = content; // the caller's own, to look at and to send again
        }
    }

    private async ValueTask<byte[]> ReadAsync(HttpContent content, HarRequest request, bool async, CancellationToken cancellationToken)
    {
        RecordedBytes bytes = new(string.Create(CultureInfo.InvariantCulture, $"The request content of {request.Method} {new HarSecrets(_options.ToRules()).Url(request.Url)}"), _options.MaxBodyBytes);
        NotingStream noting = new(Stream.Null, bytes);
        await using (noting.ConfigureAwait(false))
        {
            if (async) await content.CopyToAsync(noting, cancellationToken).ConfigureAwait(false);
            else content.CopyTo(noting, context: null, cancellationToken);
        }

        return bytes.ToArray();
    }

    private static ByteArrayContent Buffered(HttpContent content, byte[] bytes)
    {
        ByteArrayContent buffered = new(bytes);
        MessageFields.Copy(content, buffered);
        return buffered;
    }

    private async ValueTask<HttpResponseMessage> ToInnerAsync(HttpRequestMessage request, bool async, CancellationToken cancellationToken)
    {
        if (InnerHandler is null)
        {
            lock (_lock) InnerHandler ??= NewTransport();
        }

        return async ? await base.SendAsync(request, cancellationToken).ConfigureAwait(false) : base.Send(request, cancellationToken);
    }

    // What a session goes to the network by, as far as it can be had without one.
    private static SocketsHttpHandler NewTransport() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };
}
