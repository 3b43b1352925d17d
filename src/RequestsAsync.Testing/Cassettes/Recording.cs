using System.Globalization;
using System.Net;

namespace RequestsAsync.Testing;

/// <summary>An entry that is being made: what was sent, and what has come of the answer.</summary>
internal sealed class Recording
{
    private readonly Lock _lock = new();
    private readonly CassetteOptions _options;
    private readonly long _begun;
    private readonly DateTimeOffset _started;
    private readonly HarRequest _request;
    private readonly string _what;
    private readonly List<HarChunk> _chunks = [];
    private RecordedBytes? _content;
    private HttpResponseMessage? _response;
    private HarResponse? _head;
    private long _headCame;
    private long _lastCame;
    private long _received;
    private long _length = -1;
    private bool _isWhole;
    private Exception? _failure;
    private bool _isCancelled;

    /// <summary>Begins with a request that is about to be sent.</summary>
    public Recording(HttpRequestMessage request, CassetteOptions options)
    {
        _options = options;
        _started = options.TimeProvider.GetUtcNow();
        _begun = options.TimeProvider.GetTimestamp();
        _request = RequestOf(request);
        _what = $"{_request.Method} {new HarSecrets(options.ToRules()).Url(_request.Url)}";
        Sent = new RecordedBytes($"The request content of {_what}", options.MaxBodyBytes);
    }

    /// <summary>Takes what is sent.</summary>
    public RecordedBytes Sent { get; }

    /// <summary>Whether the caller's own content could not be read: then nothing was answered, whatever else failed for it.</summary>
    public bool IsOfCaller { get; set; }

    /// <summary>Whether the server or its absence has answered; otherwise it is no entry.</summary>
    public bool IsEntry
    {
        get
        {
            lock (_lock) return (_head is not null || _failure is not null || _isCancelled) && !IsOfCaller && !Sent.IsOverfull && _content is not { IsOverfull: true };
        }
    }

    /// <summary>A request without its content.</summary>
    public static HarRequest RequestOf(HttpRequestMessage request)
    {
        Uri url = request.RequestUri ?? throw new InvalidOperationException("The request has no URL.");
        string version = HarRequest.VersionOf(request.Version);
        return new(request.Method.Method, url.AbsoluteUri.Split('#')[0], version, HarRequest.FieldsOf(request, url.Authority), Body: null);
    }

    /// <summary>A request with its content.</summary>
    /// <param name="request">The request.</param>
    /// <param name="content">Its content as it is sent.</param>
    /// <param name="maxBytes">How long the content may become when its codings are undone.</param>
    public static HarRequest WithContent(HarRequest request, byte[] content, int maxBytes) =>
        request with { Body = HarBody.Of(content, HarRequest.Find(request.Headers, "Content-Type") ?? "", HarCodings.Of(request.Headers), isWhole: true, maxBytes) };

    /// <summary>The head of the answer is here; its content is noted from now on.</summary>
    public void Answered(HttpResponseMessage response)
    {
        lock (_lock)
        {
            _response = response;
            _headCame = _lastCame = _options.TimeProvider.GetTimestamp();
            List<KeyValuePair<string, string>> headers = MessageFields.Of(response);
            string type = HarRequest.Find(headers, "Content-Type") ?? "x-unknown";
            _head = new((int)response.StatusCode, response.ReasonPhrase ?? "", HarRequest.VersionOf(response.Version), headers, new HarBody(type));
            _content = new RecordedBytes($"The response content of {_what}", _options.MaxBodyBytes);
            if (long.TryParse(HarRequest.Find(headers, "Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out long length)) _length = length;
            _isWhole = _length == 0 || _request.Method == "HEAD" || response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified || (int)response.StatusCode < 200;
            if (_isWhole) return;
        }

        response.Content = new RecordedResponseContent(response.Content, this);
    }

    /// <summary>There is no answer.</summary>
    /// <param name="e">Why.</param>
    /// <param name="isCancelled">Whether the caller has given up.</param>
    public void Failed(Exception e, bool isCancelled)
    {
        lock (_lock)
        {
            _headCame = _lastCame = _options.TimeProvider.GetTimestamp();
            _failure = isCancelled ? null : e;
            _isCancelled = isCancelled;
        }
    }

    /// <summary>Takes a piece of the answer's content; an empty one is its end.</summary>
    /// <exception cref="CassetteException">It is more than is kept.</exception>
    public void Add(ReadOnlySpan<byte> piece)
    {
        lock (_lock)
        {
            if (piece.IsEmpty)
            {
                _isWhole = true;
                return;
            }

            _lastCame = _options.TimeProvider.GetTimestamp();
            _received += piece.Length;
            _isWhole |= _received == _length;
            _chunks.Add(new(piece.Length, _options.TimeProvider.GetElapsedTime(_headCame, _lastCame).TotalMilliseconds));
        }

        _content!.Add(piece);
    }

    /// <summary>The content broke off. For a filter: it catches nothing.</summary>
    public bool Break(Exception e)
    {
        lock (_lock)
        {
            if (FaultChain.IsRecorded(e) && e is not OperationCanceledException) _failure ??= e;
        }

        return false;
    }

    /// <summary>What there is of it, secrets hidden.</summary>
    public HarExchange ToExchange()
    {
        lock (_lock)
        {
            byte[] sent = Sent.ToArray();
            HarRequest request = sent.Length > 0 ? WithContent(_request, sent, _options.MaxBodyBytes) : _request;
            TimeProvider time = _options.TimeProvider;
            HarTimes times = HarTimes.Waited(time.GetElapsedTime(_begun, _headCame), time.GetElapsedTime(_headCame, _lastCame));
            return new HarSecrets(_options.ToRules()).Apply(new HarExchange(_started, times, request, ToResponse()));
        }
    }

    private HarResponse ToResponse()
    {
        if (_isCancelled) return HarResponse.None(FaultChain.Cancelled.Message, FaultChain.Cancelled);

        HarFault[] faults = _failure is null ? [] : FaultChain.Of(_failure);
        if (_head is null) return HarResponse.None(_failure!.Message, faults);

        byte[] wire = _content!.ToArray();
        return _head with
        {
            Content = HarBody.Of(wire, _head.Content.MimeType, HarCodings.Of(_head.Headers), _isWhole, _options.MaxBodyBytes), // decoded, as the tools of browsers show it
            BodySize = wire.Length,
            Trailers = _isWhole ? MessageFields.TrailersOf(_response!) : [],
            Chunks = _chunks.Count > 1 ? [.. _chunks] : [],
            Error = _failure?.Message,
            Faults = faults,
            IsIncomplete = !_isWhole && _failure is null,
        };
    }
}
