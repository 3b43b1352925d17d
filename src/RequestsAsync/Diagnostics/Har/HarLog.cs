using System.Text.Json;

namespace RequestsAsync;

/// <summary>Records requests and their answers, and writes them as an HTTP Archive (HAR 1.2), which the developer tools of browsers and many others read.</summary>
/// <remarks>
/// <code>
/// HarLog har = new();
/// await using Session session = new(new() { Middleware = { har.RecordAsync } });
/// await session.GetAsync("https://example.com");
/// await har.SaveAsync("session.har");
/// </code>
/// <para>
/// Each sending is an entry of its own: redirects, attempts that a <see cref="Retry"/> repeats, rounds of authentication. One that was not answered has the status 0.
/// (What a dead connection in reserve makes the transport send once more is one sending.)
/// </para>
/// <para>
/// A body counts where it is in memory when the log is written: that of a streamed response once it was read by
/// <see cref="Response.ReadAsync"/>. What is recorded stays in memory until <see cref="Clear"/>. Safe for several threads.
/// </para>
/// </remarks>
public sealed class HarLog
{
    private readonly Lock _lock = new();
    private readonly List<HarEntry> _entries = [];
    private readonly HarOptions _options;

    /// <summary>Creates an empty log that hides secrets.</summary>
    public HarLog()
        : this(new HarOptions())
    {
    }

    /// <summary>Creates an empty log.</summary>
    /// <param name="options">What it keeps.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="HarOptions.MaxBodyBytes"/> is negative.</exception>
    public HarLog(HarOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxBodyBytes, nameof(options));
        _options = options;
    }

    /// <summary>How many entries there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <summary>The <see cref="RequestsAsync.Middleware"/> that records: <c>Middleware = { har.RecordAsync }</c>, of a session or of one request.</summary>
    /// <inheritdoc cref="RequestsAsync.Middleware" path="/param|/returns"/>
    public async ValueTask<Response> RecordAsync(Request request, Func<Request, CancellationToken, ValueTask<Response>> next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(next);
        HarCall call = new(request, _options.TimeProvider, Add);
        try
        {
            Response response = await next(call.Observed(), cancellationToken).ConfigureAwait(false);
            call.End(response);
            return response;
        }
        catch (RequestException e)
        {
            call.End(e);
            throw;
        }
    }

    /// <summary>Adds a request that is not sent: an entry with the status 0.</summary>
    /// <param name="request">The request, described as a session without options would send it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    public void Add(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Add(new HarEntry.Failed(request, _options.TimeProvider.GetUtcNow(), TimeSpan.Zero, Error: null));
    }

    /// <summary>Forgets every entry.</summary>
    public void Clear()
    {
        lock (_lock) _entries.Clear();
    }

    /// <summary>Writes the log as JSON in UTF-8. The stream stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is <see langword="null"/>.</exception>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        HarEntry[] entries;
        lock (_lock) entries = [.. _entries];

        using Utf8JsonWriter json = new(stream, HarWriter.Layout);
        HarSecretRules rules = new() { KeepsSecrets = _options.KeepsSecrets };
        new HarWriter(json).Write(entries.OrderBy(static entry => entry.Started) // readers expect the oldest first
            .Select(entry => new HarSecrets(rules).Apply(HarExchange.Of(entry, _options.MaxBodyBytes))));
    }

    /// <summary>Writes the log as a file, in place of what is there; it appears whole or not at all.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="cancellationToken">Ends the writing; the old file stays.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using MemoryStream text = new();
        WriteTo(text);
        using ReplacementFile file = new(path);
        await file.Stream.WriteAsync(text.GetBuffer().AsMemory(0, (int)text.Length), cancellationToken).ConfigureAwait(false);
        file.Commit();
    }

    /// <summary>How many entries there are, and none of what they hold.</summary>
    public override string ToString() => $"<HarLog [{Count}]>";

    private void Add(HarEntry entry)
    {
        lock (_lock) _entries.Add(entry);
    }
}
