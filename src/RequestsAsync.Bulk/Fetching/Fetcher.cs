using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace RequestsAsync.Bulk;

/// <summary>Sends requests, one turn of each at a time, and says what came of it. Safe for use by several threads at once.</summary>
internal sealed class Fetcher : IAsyncDisposable
{
    private static readonly HashSet<string> OriginBound = new(["Authorization", "Cookie", "Proxy-Authorization", "Host"], StringComparer.OrdinalIgnoreCase);

    private readonly BulkOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates one with a session of its own.</summary>
    public Fetcher(BulkOptions options)
    {
        _options = options;
        _time = options.TimeProvider;
        SessionOptions session = new()
        {
            Cookies = CookieJar.None,
            Timeout = options.Timeout,
            TimeProvider = options.TimeProvider,
            MaxResponseBytes = long.MaxValue, // the worker cuts by itself
            Limits = new() { RateLimit = options.Rate, MaxConnections = options.MaxConcurrency }, // what is idle gives way to what is wanted
        };
        options.Session?.Invoke(session);
        session.FollowRedirects = false;
        session.MaxRedirects = RobotsFetcher.MaxRedirects;
        session.Retry = RequestsAsync.Retry.None;
        Session = options.Handler is { } handler ? new(handler, session) : new(session);
    }

    /// <summary>The session.</summary>
    public Session Session { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Session.DisposeAsync();

    /// <summary>Sends a request, follows its redirects as long as they stay at its host and nobody is owed a delay, and reads the content.</summary>
    /// <exception cref="OperationCanceledException">The worker stops at once; the request was not dealt with.</exception>
    public async Task<FetchResult> FetchAsync(HostTurn host, LeasedRequest leased, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        FetchState state = FetchState.Parse(leased.State) ?? new() { Started = now };
        BulkRecord record = new() { Request = leased.Request, Started = state.Started, Attempts = leased.Attempts + 1, Worker = _options.Worker };
        FetchResult result = new() { Host = host, Leased = leased, Record = record, Attempts = record.Attempts, State = state };
        long begun = _time.GetTimestamp();
        try
        {
            while (await SendAsync(result, cancellationToken).ConfigureAwait(false))
            {
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Fail(result, e);
        }

        record.Elapsed = _time.GetElapsedTime(begun);
        record.Redirects = result.State.Redirects;
        return result;
    }

    /// <summary>A result without anything having been sent: a line that is no request, a host that is blocked, a robots.txt that forbids.</summary>
    public FetchResult Refuse(HostTurn host, LeasedRequest leased, BulkErrorKind kind, string message)
    {
        FetchState? state = FetchState.Parse(leased.State);
        BulkRecord record = new()
        {
            Request = leased.Request,
            Started = state?.Started ?? _time.GetUtcNow(),
            Attempts = leased.Attempts,
            Redirects = state?.Redirects ?? [],
            Error = new(kind, message),
            Worker = _options.Worker,
        };
        return new() { Host = host, Leased = leased, Record = record, Attempts = leased.Attempts };
    }

    /// <summary>The URL that a request is at: its own, or where redirects led.</summary>
    public static string UrlOf(LeasedRequest leased) => FetchState.Parse(leased.State)?.Url ?? leased.Request.Url;

    // Whether a redirect is to be followed right away.
    private async ValueTask<bool> SendAsync(FetchResult result, CancellationToken cancellationToken)
    {
        Request request = Describe(result.Leased.Request, result.State!);
        Response response = await Session.StreamAsync(request, cancellationToken).ConfigureAwait(false);
        await using (response.ConfigureAwait(false))
        {
            result.Latency = response.Elapsed;
            if (response.IsRedirect && _options.MaxRedirects > 0) return Redirect(result, response);
            if (!IsToBeTriedAgain(result, response)) await ReadAsync(result, response, cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    private static Request Describe(BulkRequest request, FetchState state)
    {
        string url = state.Url ?? request.Url;
        string method = state.Method ?? request.Method;
        bool hasContent = !request.Content.IsEmpty && state.Method is null;
        if (request.Headers.Count == 0 && !hasContent) return new(method, url);

        RequestOptions options = new();
        if (hasContent) options.Content = request.Content;
        foreach ((string name, string value) in request.Headers)
        {
            if (state.IsElsewhere && OriginBound.Contains(name)) continue;
            if (!hasContent && name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)) continue;
            options.Headers.Add(name, value);
        }

        return new(method, url, options);
    }

    private bool Redirect(FetchResult result, Response response)
    {
        FetchState state = result.State!;
        FollowedRedirect[] redirects = [.. state.Redirects, new(response.Url.Href, response.StatusCode)];
        result.State = state with { Redirects = redirects };
        if (redirects.Length > _options.MaxRedirects)
        {
            result.Record.Error = new(BulkErrorKind.Redirect, $"There were more than {_options.MaxRedirects} redirects.");
            return false;
        }

        Request next = response.NextRequest!;
        Url to = Url.Parse(next.Url);
        BulkRequest request = result.Leased.Request;
        result.State = result.State with
        {
            Url = to.Href,
            Method = next.Method == (state.Method ?? request.Method) ? state.Method : next.Method,
            IsElsewhere = state.IsElsewhere || to.Origin != response.Url.Origin,
        };

        string host = HostKey.Of(to);
        if (host == result.Host.Key.Host && result.Host.Delay == TimeSpan.Zero && !result.Host.ObeysRobots) return true;

        // Elsewhere it waits for its turn as all others do: a host is asked by who holds it. The attempt was a good one and does not count.
        result.Again = TimeSpan.Zero;
        result.NextHost = host;
        result.Attempts = result.Leased.Attempts;
        return false;
    }

    private bool IsToBeTriedAgain(FetchResult result, Response response)
    {
        int status = response.StatusCode;
        if (status is 429 or 503) result.Block = WaitOf(response) ?? FailureRule.Wait(result.Attempts, Random.Shared.NextDouble());
        if (result.Attempts > _options.MaxRetries || !FailureRule.MayPass(status, FailureRule.IsIdempotent(result.Leased.Request.Method))) return false;

        result.Again = result.Block ?? FailureRule.Wait(result.Attempts, Random.Shared.NextDouble());
        return true;
    }

    private TimeSpan? WaitOf(Response response)
    {
        TimeSpan? wait = RequestedWait.Of(response.StatusCode, response.Headers, _time.GetUtcNow());
        return wait > _options.MaxBlock ? _options.MaxBlock : wait;
    }

    private void Fail(FetchResult result, Exception exception)
    {
        BulkErrorKind kind = FailureRule.KindOf(exception);
        result.Record.Error = new(kind, exception.Message);
        result.IsNetworkFailure = FailureRule.IsNetworks(kind);
        if (result.Attempts <= _options.MaxRetries && FailureRule.MayPass(kind, FailureRule.IsIdempotent(result.Leased.Request.Method)))
            result.Again = FailureRule.Wait(result.Attempts, Random.Shared.NextDouble());
    }

    private async ValueTask ReadAsync(FetchResult result, Response response, CancellationToken cancellationToken)
    {
        BulkRecord record = result.Record;
        ReadOnlyMemory<byte> body = await ReadBodyAsync(record, response, cancellationToken).ConfigureAwait(false);
        record.FinalUrl = response.Url.Href;
        record.Status = response.StatusCode;
        record.HttpVersion = VersionOf(response.HttpVersion);
        record.Ip = (response.RemoteEndPoint as IPEndPoint)?.Address.ToString();
        record.Headers = [.. response.Headers];
        record.ContentType = MediaTypeOf(response.Headers["Content-Type"]);
        record.Timings = response.Timings;
        if (_options.Bodies == BodyPolicy.None) return;

        record.Sha256 = Convert.ToHexStringLower(SHA256.HashData(body.Span));
        if (_options.Bodies == BodyPolicy.Inline) record.Body = body;
        if (_options.Bodies == BodyPolicy.File) result.Body = body;
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(BulkRecord record, Response response, CancellationToken cancellationToken)
    {
        bool isKept = _options.Bodies != BodyPolicy.None;
        if (isKept && long.TryParse(response.Headers["Content-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out long length) && length <= _options.MaxBodyBytes && !response.Headers.Contains("Content-Encoding"))
        {
            ReadOnlyMemory<byte> whole = await response.ReadAsync(cancellationToken).ConfigureAwait(false);
            record.Bytes = whole.Length;
            return whole;
        }

        ArrayBufferWriter<byte>? kept = isKept ? new() : null;
        await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(cancellationToken).ConfigureAwait(false))
        {
            ReadOnlyMemory<byte> room = chunk[..(int)Math.Min(chunk.Length, _options.MaxBodyBytes - record.Bytes)];
            kept?.Write(room.Span);
            record.Bytes += room.Length;
            if (room.Length == chunk.Length) continue;
            record.IsCut = true;
            break;
        }

        return kept?.WrittenMemory ?? default;
    }

    private static string VersionOf(Version version) => version.Major >= 2 ? $"{version.Major}" : version.Minor == 1 ? "1.1" : "1.0";

    private static string? MediaTypeOf(string? contentType)
    {
        if (contentType is null) return null;
        ReadOnlySpan<char> type = contentType;
        int semicolon = type.IndexOf(';');
        return (semicolon < 0 ? type : type[..semicolon]).Trim().ToString().ToLowerInvariant();
    }
}
