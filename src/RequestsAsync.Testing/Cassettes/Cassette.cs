using System.Globalization;

namespace RequestsAsync.Testing;

/// <summary>Records what goes over the network into a file, and answers from that file: tests of real answers without a network.</summary>
/// <remarks>
/// <code>
/// await using Cassette cassette = new("cassettes/users.har", CassetteMode.RecordOnce);
/// await using Session session = new(cassette);
/// Response response = await session.GetAsync("https://api.example.com/users");
/// </code>
/// <para>
/// The file is an HTTP Archive (HAR 1.2), which a person can read and the developer tools of browsers open; one that a browser has exported can be replayed.
/// Secrets are hidden in it, see <see cref="CassetteOptions.KeepsSecrets"/>, and requests match though they are. It is written when the cassette is disposed, after a test
/// that failed too, whole or not at all.
/// </para>
/// <para>
/// It is a handler for a <see cref="Session"/> and an <see cref="HttpClient"/>, for blocking calls and awaited ones. What is recorded goes to
/// <see cref="DelegatingHandler.InnerHandler"/>; where there is none, to a transport of its own that follows no redirects, keeps no cookies and decodes nothing.
/// <see cref="CreateSession"/> records below a session that has proxies, certificates and connections of its own.
/// </para>
/// <para>
/// Each entry answers once: of several requests that are the same, the n-th has the n-th entry, whatever else is under way, so that concurrent requests get the same
/// answers each time. Safe for several threads.
/// </para>
/// <para>The manner is that of VCR and vcrpy; the format and the redaction are those of <see cref="HarLog"/>.</para>
/// </remarks>
public sealed partial class Cassette : DelegatingHandler, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CassetteOptions _options;
    private readonly CassetteTrack _track;
    private readonly List<Recording> _recordings = []; // in the order of their start
    private int _disposed;

    /// <inheritdoc cref="Cassette(string, CassetteMode, CassetteOptions)"/>
    public Cassette(string path, CassetteMode mode = CassetteMode.RecordOnce)
        : this(path, mode, new CassetteOptions())
    {
    }

    /// <summary>Opens a cassette.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">What it does with a request.</param>
    /// <param name="options">How it finds entries, and what it hides.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or <paramref name="mode"/> is no mode.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="CassetteOptions.MaxBodyBytes"/> is negative.</exception>
    /// <exception cref="CassetteException">The file is no HTTP Archive, or there is none to replay.</exception>
    public Cassette(string path, CassetteMode mode, CassetteOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxBodyBytes, nameof(options));
        if (!Enum.IsDefined(mode)) throw new ArgumentException($"{(int)mode} is no mode of a cassette.", nameof(mode));

        Path = path;
        _options = options;
        bool exists = File.Exists(path);
        Mode = mode != CassetteMode.RecordOnce ? mode : exists ? CassetteMode.Replay : CassetteMode.Record;
        if (Mode == CassetteMode.Replay && !exists)
            throw new CassetteException($"There is no cassette {System.IO.Path.GetFullPath(path)} to replay. CassetteMode.RecordOnce records it.");

        _track = new CassetteTrack(path, CassetteFile.Read(path), options);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What it does with a request; <see cref="CassetteMode.RecordOnce"/> has become one of the others.</summary>
    public CassetteMode Mode { get; }

    /// <summary>How many requests it has recorded.</summary>
    public int Recorded
    {
        get
        {
            lock (_lock) return _recordings.Count(static recording => recording.IsEntry);
        }
    }

    /// <summary>A session with its own connections, whose requests pass this cassette on their way out: redirects, cookies, credentials and retries are recorded hop by hop.</summary>
    /// <param name="options">What the session does for every request: proxies, TLS and connections too; copied.</param>
    /// <returns>A session. Disposing it leaves the cassette as it is.</returns>
    /// <exception cref="InvalidRequestException">An option is not allowed.</exception>
    public Session CreateSession(SessionOptions? options = null) => new(options, transport => new CassetteTransport(this, transport));

    /// <summary>Checks that every entry of the file has answered a request. In <see cref="CassetteMode.Record"/> there is nothing to check.</summary>
    /// <exception cref="CassetteUnusedException">Some have not; the message lists them.</exception>
    public void Verify()
    {
        if (Mode == CassetteMode.Record || _track.Unused is not { Length: > 0 } unused) return;

        IEnumerable<string> lines = unused.Select(static entry => $"\n  {entry}");
        throw new CassetteUnusedException(string.Create(CultureInfo.InvariantCulture, $"{unused.Length} of {_track.Entries.Count} entries of the cassette {Path} were not asked for:{string.Concat(lines)}\nIs a request missing? Otherwise record it again: CassetteMode.Record."));
    }

    /// <summary>Writes what is recorded so far, in place of the file, which appears whole or not at all. Disposing does so too; with nothing recorded the file stays as it is.</summary>
    /// <exception cref="CassetteException">The file cannot be written.</exception>
    public void Save()
    {
        if (ToWrite() is { } entries) CassetteFile.Write(Path, entries);
    }

    /// <inheritdoc cref="Save"/>
    /// <param name="cancellationToken">Ends the writing; the old file stays.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task SaveAsync(CancellationToken cancellationToken = default)
    {
        if (ToWrite() is { } entries) await CassetteFile.WriteAsync(Path, entries, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what is recorded, and disposes the inner handler. A second call does nothing.</summary>
    /// <exception cref="CassetteException">The file cannot be written.</exception>
    /// <exception cref="CassetteUnusedException"><see cref="CassetteOptions.VerifyOnDispose"/> is set, and entries were not asked for.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;

        try
        {
            await SaveAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            base.Dispose(disposing: true);
        }

        if (_options.VerifyOnDispose) Verify();
    }

    /// <summary>The file and the mode.</summary>
    public override string ToString() => $"<Cassette [{Path}, {Mode}]>";

    /// <inheritdoc cref="DisposeAsync"/>
    /// <param name="disposing">Whether it is being disposed.</param>
    protected override void Dispose(bool disposing)
    {
        if (!disposing || Interlocked.Exchange(ref _disposed, 1) != 0) return;

        try
        {
            Save();
        }
        finally
        {
            base.Dispose(disposing);
        }

        if (_options.VerifyOnDispose) Verify();
    }

    private List<HarExchange>? ToWrite()
    {
        Recording[] recordings;
        lock (_lock) recordings = [.. _recordings];

        HarExchange[] recorded = [.. recordings.Where(static recording => recording.IsEntry).Select(static recording => recording.ToExchange())];
        if (recorded.Length == 0) return null;
        return Mode == CassetteMode.RecordNew
            ? [.. _track.Entries.Select(static entry => entry.Exchange), .. recorded]
            : Rerecording.Merge(_track, recorded, _options);
    }
}
