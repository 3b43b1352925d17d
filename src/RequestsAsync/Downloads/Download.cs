using System.Security.Cryptography;
using System.Text;

namespace RequestsAsync;

/// <summary>One download, from the first request to the file's own name.</summary>
internal sealed partial class Download
{
    private static readonly Retry DefaultRetry = Retry.Default with { Attempts = 5 };

    private readonly Session _session;
    private readonly Request _request;
    private readonly DownloadOptions _options;
    private readonly string _path;
    private readonly string _url; // without a password, for messages
    private readonly Ledger _ledger;
    private readonly Retry _retry;
    private bool _hasBegun;
    private bool _ignoresRanges;
    private int _starts;
    private int _segments;
    private Url? _answered;
    private string? _contentType;

    /// <exception cref="InvalidRequestException">The URL or the request's options are not allowed.</exception>
    public Download(Session session, string url, string path, DownloadOptions options)
    {
        _session = session;
        _options = options;
        _path = path;
        RequestOptions own = options.Request?.Clone() ?? new();
        own.Retry = Retry.None; // a repetition asks for something else
        own.Headers["Accept-Encoding"] = "identity"; // ranges of a coded body are ranges of something that nobody can name
        _request = new("GET", url, own);

        Url whole = Prepared().Url.WithoutUserInfo().WithFragment(null);
        _url = whole.ToString();
        _ledger = new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole.Href))), options.ResumeUnvalidated || options.Checksum is not null, options.Progress);
        _retry = options.Retry ?? DefaultRetry;
    }

    public async Task<DownloadResult> RunAsync(CancellationToken cancellationToken)
    {
        Response? opened = null;
        try
        {
            DownloadTarget target = new(_path, _options.Existing);
            opened = target.IsFolder ? await OpenWholeAsync(cancellationToken).ConfigureAwait(false) : null;
            string file = opened is null ? target.File() : target.FileFor(opened);

            using PartFile part = PartFile.Open(file);
            _ledger.Path = file;
            if (_options.Resume && _ledger.TryContinue(part.Load())) _ledger.Tell();
            Response? first = opened;
            opened = null;
            await CompleteAsync(part, first, cancellationToken).ConfigureAwait(false);
            return Result(file);
        }
        catch (RequestException e)
        {
            e.Request ??= _request;
            throw;
        }
        finally
        {
            opened?.Dispose();
        }
    }

    private PreparedRequest Prepared()
    {
        try
        {
            return Preparation.Prepare(_session.Settings, _request, blocking: false);
        }
        catch (RequestException e)
        {
            e.Request = _request;
            throw;
        }
    }

    // However it ends, the side file says what is there. What is of no use to anybody is removed; what an earlier run left, and this one never
    // came to replace, stays as it is.
    private async Task CompleteAsync(PartFile part, Response? opened, CancellationToken cancellationToken)
    {
        bool isDone = false, isKept = true;
        try
        {
            await FetchAsync(part, opened, cancellationToken).ConfigureAwait(false);
            part.Commit(_ledger.Length!.Value, _options.Existing == ExistingFile.Replace);
            isDone = true;
        }
        catch (Exception e) when (e is BodyTooLargeException or DownloadException { Problem: DownloadProblem.ChecksumMismatch })
        {
            isKept = false;
            throw;
        }
        finally
        {
            if (!isDone)
            {
                if (isKept && _ledger.IsWorthKeeping) ClaimQuietly(part);
                else if (!isKept || _hasBegun || part.IsEmpty) part.Delete();
            }
        }
    }

    private async Task FetchAsync(PartFile part, Response? opened, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                Response? answer = opened;
                opened = null;
                await FetchOnceAsync(part, answer, cancellationToken).ConfigureAwait(false);
                if (await IsRightAsync(part, cancellationToken).ConfigureAwait(false)) return;
                Forget();
            }
            catch (StartOverException e)
            {
                opened = e.Answer;
                _ignoresRanges |= e.IgnoresRanges;
                if (++_starts >= _retry.Attempts)
                {
                    opened?.Dispose();
                    throw e.Failure ?? new DownloadException(
                        DownloadProblem.SourceChanged, $"{_url}: the server gives another file each time it is asked for the rest. Try again later, or in one segment.");
                }

                Forget();
            }
        }
    }

    private void Forget() => _ledger.Begin(validator: null, length: null, hasRanges: false);

    // Takes over the answer, whatever happens.
    private async Task FetchOnceAsync(PartFile part, Response? opened, CancellationToken cancellationToken)
    {
        try
        {
            if (opened is not null && _ledger.CanContinue && IsSameFile(opened))
            {
                // Its name was all that was asked of it; the rest is asked for by itself.
                Note(opened);
                opened.Dispose();
                opened = null;
            }
            else if (opened is not null || !_ledger.CanContinue)
            {
                opened ??= await OpenWholeAsync(cancellationToken).ConfigureAwait(false);
                Begin(part, opened);
            }

            await FillAsync(part, opened, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            opened?.Dispose();
        }
    }

    private bool IsSameFile(Response whole) =>
        _ledger.Validator?.IsIn(whole.Headers) ?? (LengthOf(whole) is { } length && length == _ledger.Length);

    private void Begin(PartFile part, Response whole)
    {
        long? length = LengthOf(whole);
        Headers headers = whole.Headers;
        FileValidator? validator = FileValidator.Of(headers, _session.Settings.TimeProvider.GetUtcNow());
        bool hasRanges = !IsCoded(headers) && !_ignoresRanges && !"none".Equals(headers["Accept-Ranges"], StringComparison.OrdinalIgnoreCase);
        _ledger.Begin(validator, length, hasRanges);
        _hasBegun = true;
        part.Reset(_ledger.ToState());
        _ledger.Tell();
    }

    private async Task<bool> IsRightAsync(PartFile part, CancellationToken cancellationToken)
    {
        if (_options.Checksum is not { } expected) return true;

        Stream content = part.OpenRead();
        await using (content.ConfigureAwait(false))
        {
            Checksum found = await expected.OfAsync(content, cancellationToken).ConfigureAwait(false);
            if (found.Equals(expected)) return true;
            if (_ledger.Resumed > 0) return false; // what the earlier run left may have been of another file

            throw new DownloadException(DownloadProblem.ChecksumMismatch, $"{_url}: the file is not the expected one: it has {found}, not {expected}. It was removed.");
        }
    }

    private DownloadResult Result(string file) => new()
    {
        Path = file,
        Bytes = _ledger.Length!.Value,
        ResumedBytes = _ledger.Resumed,
        Segments = _segments,
        Checksum = _options.Checksum,
        Url = _answered,
        ContentType = _contentType,
    };

    private BodyTooLargeException TooLarge() => new($"{_url}: the file is larger than the {_options.MaxBytes} bytes that MaxBytes allows. It was not kept.");
}
