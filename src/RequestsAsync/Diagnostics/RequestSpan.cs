using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RequestsAsync;

/// <summary>One sending of a request as telemetry sees it, from its start to the end of its body.</summary>
internal sealed class RequestSpan
{
    private readonly Activity? _activity;
    private readonly TagList _request;
    private int? _status;
    private Version? _version;
    private Exception? _failure;

    private RequestSpan(PreparedRequest request, int sending)
    {
        string method = MethodName(request);
        _request = new TagList
        {
            { "http.request.method", method },
            { "server.address", request.Url.Host },
            { "server.port", request.Url.Port },
            { "url.scheme", request.Url.Scheme },
        };

        TagList span = new()
        {
            { "http.request.method", method },
            { "server.address", request.Url.Host },
            { "server.port", request.Url.Port },
            { "url.full", ShownUrl(request.Url) },
        };
        if (method == Other) span.Add("http.request.method_original", request.Method.Method);
        if (sending > 1) span.Add("http.request.resend_count", sending - 1);
        _activity = Telemetry.Start(method == Other ? "HTTP" : method, span);
        Telemetry.Count(1, _request);
    }

    private const string Other = "_OTHER";

    /// <summary>Begins the span; <see langword="null"/> when nobody listens.</summary>
    /// <param name="request">What is sent.</param>
    /// <param name="sending">Which sending of this hop it is; 1 for the first.</param>
    public static RequestSpan? Start(PreparedRequest request, int sending) => Telemetry.IsEnabled ? new(request, sending) : null;

    /// <summary>Tells the server which trace the request belongs to, unless a field of the request does.</summary>
    public static void Propagate(SentMessage message)
    {
        if (Activity.Current is not { } activity) return;

        DistributedContextPropagator.Current.Inject(activity, message, static (carrier, name, value) =>
        {
            var message = (SentMessage)carrier!;
            if (message.Headers.NonValidated.Contains(name)) return;

            message.Headers.TryAddWithoutValidation(name, value);
            if (!Ascii.IsValid(value)) message.Sending!.IsAscii = false;
        });
    }

    /// <summary>The method as telemetry knows it: an unknown one must not make a new series of each.</summary>
    public static string MethodName(PreparedRequest request) => request.Method.Method switch
    {
        "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "OPTIONS" or "PATCH" or "TRACE" or "QUERY" => request.Method.Method,
        _ => Other,
    };

    /// <summary>The URL without what may be secret: user name, password, and every value of the query.</summary>
    public static string ShownUrl(Url url) => url.Query is null ? url.Origin + url.PathAndQuery : string.Concat(url.Origin, url.Path, "?*");

    /// <summary>The header fields of the answer are here.</summary>
    public void HeadCame(int status, Version version) => (_status, _version) = (status, version);

    /// <summary>Something went wrong; the first counts.</summary>
    public void Fail(Exception failure) => _failure ??= failure;

    /// <summary>Ends the span.</summary>
    /// <param name="duration">How long it took.</param>
    public void End(TimeSpan duration)
    {
        string? error = _failure is not null ? _failure.GetType().FullName : _status >= 400 ? _status.Value.ToString(CultureInfo.InvariantCulture) : null;
        string? protocol = _version is null ? null : _version.Major >= 2 ? _version.Major.ToString(CultureInfo.InvariantCulture) : _version.ToString();
        Telemetry.Count(-1, _request);
        TagList tags = _request;
        if (_status is { } code) tags.Add("http.response.status_code", code);
        if (protocol is not null) tags.Add("network.protocol.version", protocol);
        if (error is not null) tags.Add("error.type", error);
        Telemetry.Record(duration, tags);
        EndActivity(protocol, error);
    }

    private void EndActivity(string? protocol, string? error)
    {
        if (_activity is null) return;

        if (_status is { } code) _activity.SetTag("http.response.status_code", code);
        if (protocol is not null) _activity.SetTag("network.protocol.version", protocol);
        if (error is not null)
        {
            _activity.SetTag("error.type", error);
            _activity.SetStatus(ActivityStatusCode.Error, _failure?.Message);
        }

        // It ends where the body does, in whatever flow that is, whose own current activity must stay as it is.
        Activity? current = Activity.Current;
        _activity.Stop();
        if (Activity.Current != current) Activity.Current = current;
    }
}
