using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Threading.RateLimiting;

namespace RequestsAsync.Bulk;

/// <summary>Sends requests, one turn of each at a time, and says what came of it. Safe for use by several threads at once.</summary>
internal sealed class Fetcher : IAsyncDisposable
{
    private const int AtOnceBytes = 64 << 10;

    private readonly BulkOptions _options;
    private readonly TimeProvider _time;
    private readonly RateGate? _rate;

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
            Limits = new() { MaxConnections = options.MaxConcurrency }, // what is idle gives way to what is wanted
        };
        options.Session?.Invoke(session);
        session.FollowRedirects = false;
        session.Retry = RequestsAsync.Retry.None;
        // Not the session's: who waits there uses up the time that the request may take.
        options.Rate?.Check();
        _rate = options.Rate is { } rate ? new(rate, _time) : null;
        Session = options.Handler is { } handler ? new(handler, session) : new(session);
    }

    /// <summary>The session.</summary>
    public Session Session { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Session.DisposeAsync();

    /// <summary>Waits until another request may begin by the job's rate.</summary>
    /// <returns>The permit, to be disposed when the sending is over; <see langword="null"/> where there is no rate to keep.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<RateLimitLease?> EnterAsync(string url, CancellationToken cancellationToken) =>
        _rate is null ? null : await _rate.EnterAsync(Url.Parse(url), async: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Sends a request, follows its redirects as long as they stay at its host and nobody is owed a delay, and reads the content.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="leased">The request.</param>
    /// <param name="waiting">Ends the waiting for the job's rate.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>What came of it; <see langword="null"/> where the host may not be asked any more since the waiting for the job's rate.</returns>
    /// <exception cref="OperationCanceledException">The worker stops; the request was not dealt with.</exception>
    public async Task<FetchResult?> FetchAsync(HostTurn host, LeasedRequest leased, CancellationToken waiting, CancellationToken cancellationToken)
    {
        BulkRecord record = new() { Request = leased.Request, Attempts = leased.Attempts + 1, Worker = _options.Worker };
        FetchResult result = new() { Host = host, Leased = leased, Record = record, Attempts = record.Attempts, State = FetchState.Parse(leased.State) ?? new() };
        try
        {
            for (bool goesOn = true; goesOn;)
            {
                using RateLimitLease? permit = await EnterAsync(result.State.Url ?? leased.Request.Url, waiting).ConfigureAwait(false);
                if (_rate is not null && !host.MayBeAsked(_time.GetTimestamp())) return null;
                goesOn = await SendAsync(result, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !(cancellationToken.IsCancellationRequested || waiting.IsCancellationRequested))
        {
            Fail(result, e);
        }

        record.Started = result.State.Started == default ? _time.GetUtcNow() : result.State.Started;
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
        if (result.State!.Started == default) result.State = result.State with { Started = _time.GetUtcNow() };
        long begun = _time.GetTimestamp();
        try
        {
            Request request = Describe(result.Leased.Request, result.State);
            result.WasSent = true;
            Response response = await Session.StreamAsync(request, cancellationToken).ConfigureAwait(false);
            await using (response.ConfigureAwait(false))
            {
                result.Latency = response.Elapsed;
                if (response.IsRedirect && _options.MaxRedirects > 0) return Redirect(result, response);
                if (!IsToBeTriedAgain(result, response)) await ReadAsync(result, response, cancellationToken).ConfigureAwait(false);
                return false;
            }
        }
        finally
        {
            result.Record.Elapsed += _time.GetElapsedTime(begun);
        }
    }

    private Request Describe(BulkRequest request, FetchState state)
    {
        string url = state.Url ?? request.Url;
        string method = state.Method ?? MethodNames.Parse(request.Method).Method;
        bool hasContent = !request.Content.IsEmpty && state.Method is null;
        if (request.Headers.Count == 0 && !hasContent && !state.IsElsewhere) return new(method, url);

        RequestOptions options = new();
        if (state.IsElsewhere) KeepSecrets(options);
        if (hasContent) options.Content = request.Content;
        foreach ((string name, string value) in request.Headers)
        {
            if (state.IsElsewhere && IsSecret(name)) continue;
            if (!hasContent && name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)) continue;
            options.Headers.Add(name, value);
        }

        return new(method, url, options);
    }

    // A session that follows redirects itself drops the same: what was meant for one origin goes to no other.
    private void KeepSecrets(RequestOptions options)
    {
        foreach ((string name, _) in Session.Settings.Headers)
        {
            if (IsSecret(name)) options.Headers[name] = null;
        }

        if (Session.Settings.Auth is { IsBoundToOrigin: true }) options.Auth = Auth.None;
    }

    private bool IsSecret(string name) =>
        RedirectRule.IsOriginBound(name) || Array.Exists(Session.Settings.SensitiveHeaders, sensitive => Headers.SameName(sensitive, name));

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
            Method = next.Method == (state.Method ?? MethodNames.Parse(request.Method).Method) ? state.Method : next.Method,
            IsElsewhere = state.IsElsewhere || !RedirectRule.IsSameOrigin(response.Url, to),
        };

        if (!HostKey.TryOf(to, out string? host, out string? problem))
        {
            result.Record.Error = new(BulkErrorKind.Redirect, $"The redirect's Location cannot be used: {problem}");
            return false;
        }

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
        if (result.Attempts > _options.MaxRetries || !FailureRule.MayPass(status, IsIdempotent(result))) return false;

        result.Again = result.Block ?? WaitOf(response) ?? FailureRule.Wait(result.Attempts, Random.Shared.NextDouble());
        return true;
    }

    /// <summary>How long an answer asks to be left alone, as far as that is heeded.</summary>
    internal TimeSpan? WaitOf(Response response)
    {
        TimeSpan? wait = RequestedWait.Of(response.StatusCode, response.Headers, _time.GetUtcNow());
        return wait > _options.MaxBlock ? _options.MaxBlock : wait;
    }

    private void Fail(FetchResult result, Exception exception)
    {
        BulkErrorKind kind = FailureRule.KindOf(exception);
        result.Record.Error = new(kind, exception.Message);
        result.IsNetworkFailure = FailureRule.IsNetworks(kind);
        if (result.Attempts <= _options.MaxRetries && FailureRule.MayPass(kind, kind != BulkErrorKind.BadInput && IsIdempotent(result)))
            result.Again = FailureRule.Wait(result.Attempts, Random.Shared.NextDouble());
    }

    private static bool IsIdempotent(FetchResult result) => MethodNames.IsIdempotent(MethodNames.Parse(result.Leased.Request.Method));

    private async ValueTask ReadAsync(FetchResult result, Response response, CancellationToken cancellationToken)
    {
        BulkRecord record = result.Record;
        ReadOnlyMemory<byte> body = await ReadBodyAsync(record, response, cancellationToken).ConfigureAwait(false);
        record.FinalUrl = response.Url.Href;
        record.Status = response.StatusCode;
        record.HttpVersion = VersionOf(response.HttpVersion);
        record.Ip = (response.RemoteEndPoint as IPEndPoint)?.Address.ToString();
        record.Headers = [.. response.Headers];
        record.ContentType = MediaType.Extract(response.Headers["Content-Type"])?.Essence;
        record.Timings = response.Timings;
        if (_options.Bodies == BodyPolicy.Inline) record.Body = body;
        if (_options.Bodies == BodyPolicy.File) result.Body = body;
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(BulkRecord record, Response response, CancellationToken cancellationToken)
    {
        bool isHashed = _options.Bodies != BodyPolicy.None, isKept = _options.Bodies is BodyPolicy.Inline or BodyPolicy.File;
        if (isHashed && LengthOf(response) is { } length && length <= (isKept ? _options.MaxBodyBytes : Math.Min(_options.MaxBodyBytes, AtOnceBytes)))
        {
            ReadOnlyMemory<byte> whole = await response.ReadAsync(cancellationToken).ConfigureAwait(false);
            record.Bytes = whole.Length;
            record.Sha256 = Convert.ToHexStringLower(SHA256.HashData(whole.Span));
            return whole;
        }

        using IncrementalHash? hash = isHashed ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        ArrayBufferWriter<byte>? kept = isKept ? new() : null;
        await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(cancellationToken).ConfigureAwait(false))
        {
            ReadOnlyMemory<byte> room = chunk[..(int)Math.Min(chunk.Length, _options.MaxBodyBytes - record.Bytes)];
            kept?.Write(room.Span);
            hash?.AppendData(room.Span);
            record.Bytes += room.Length;
            if (room.Length == chunk.Length) continue;
            record.IsCut = true;
            break;
        }

        if (hash is not null) record.Sha256 = Convert.ToHexStringLower(hash.GetCurrentHash());
        return kept?.WrittenMemory ?? default;
    }

    // Of a content that is not coded, and so as long as it says.
    private static long? LengthOf(Response response) =>
        !response.Headers.Contains("Content-Encoding") && long.TryParse(response.Headers["Content-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : null;

    private static string VersionOf(Version version) => version.Major >= 2 ? $"{version.Major}" : version.Minor == 1 ? "1.1" : "1.0";
}
