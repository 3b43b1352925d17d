using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary><c>requests [METHOD] URL [ITEM…]</c>: sends one request and prints the answer.</summary>
internal sealed class RequestCommand
{
    private readonly StandardStreams _streams;
    private readonly IReadOnlyList<string> _furtherWords;

    // Hidden, for the help of a subcommand would list it too.
    private readonly Argument<string[]> _words = new("URL") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };

    private readonly ContentOptions _content = new();
    private readonly AuthOptions _auth = new();
    private readonly TransportOptions _transport = new();
    private readonly SessionFileOptions _sessions = new();
    private readonly OutputOptions _printing = new();
    private readonly CurlExportOption _curl = new();
    private readonly HarExportOption _har = new();
    private readonly DownloadOfRequest _download;

    private readonly Option<bool> _offline = OptionKinds.Flag("--offline", "Print what would be sent, and send nothing.");
    private readonly Option<bool> _checkStatus = OptionKinds.Flag("--check-status", "End with 3, 4 or 5 for 3xx, 4xx or 5xx; so it is unless told otherwise.");
    private readonly Option<bool> _noCheckStatus = OptionKinds.Flag("--no-check-status", "End with 0 whatever the status.");

    /// <param name="streams">Where it reads and writes.</param>
    /// <param name="furtherWords">What stood after <c>--</c>: words that are no options, whatever they begin with.</param>
    public RequestCommand(StandardStreams streams, IReadOnlyList<string> furtherWords)
    {
        _streams = streams;
        _furtherWords = furtherWords;
        _download = new(streams);
    }

    /// <summary>Makes this what the bare command does.</summary>
    public void AddTo(RootCommand root)
    {
        _words.Validators.Add(static result =>
        {
            if (result.Tokens.FirstOrDefault(static word => word.Value is ['-', _, ..]) is { } option)
                result.AddError($"There is no option '{option.Value}'. (After '--' it would be an item.)");
        });
        root.Arguments.Add(_words);
        _content.AddTo(root);
        _auth.AddTo(root);
        _sessions.AddTo(root);
        _transport.AddTo(root);
        _printing.AddTo(root);
        _download.AddTo(root);
        foreach (Option option in (Option[])[_offline, _curl.Option, _har.Option, _checkStatus, _noCheckStatus])
            root.Options.Add(option);
        root.SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        RequestTarget target = RequestTarget.Parse([.. parsed.GetValue(_words) ?? [], .. _furtherWords]);
        string url = _transport.UrlOf(parsed, target.Url);
        RequestItems items = RequestItems.Collect(target.Items);
        SessionOptions settings = _transport.Read(parsed);
        settings.TrustEnvironment = _auth.UsesNetrc(parsed) ? true : null;

        Credentials? credentials = _auth.Read(parsed, HostOf(url), question => PasswordPrompt.Ask(_streams, question, stopping));
        SessionFile? session = _sessions.Open(parsed, url);
        if (session is not null)
        {
            session.Remember(items.Headers, credentials, Url.Parse(url));
            session.Bind(settings);
            settings.Cookies = session.Cookies;
            settings.Auth = session.Credentials?.ToAuth();
        }

        Request request = await DescribeAsync(parsed, target, url, items, session, stopping).ConfigureAwait(false);
        if (credentials is not null) request = request.With(options => options.Auth = credentials.ToAuth());
        if (_curl.Show(parsed, request, settings, _streams.Text)) return ExitCode.Success;

        int code = await RecordAsync(parsed, request, settings, stopping).ConfigureAwait(false);
        if (session is not null && (session.IsNew || !_sessions.IsReadOnly(parsed))) session.Save();
        return code;
    }

    private async Task<Request> DescribeAsync(ParseResult parsed, RequestTarget target, string url, RequestItems items, SessionFile? session, CancellationToken stopping)
    {
        ContentSettings content = _content.Read(parsed);
        RequestOptions options = await RequestDescription.MakeAsync(
            items, content, session?.Headers ?? [], () => new InputBody(_streams, TimeProvider.System).ReadAsync(target.Method, content.IsChunked, stopping)).ConfigureAwait(false);
        return new(target.Method ?? (RequestDescription.HasContent(options) ? "POST" : "GET"), url, options);
    }

    // What was sent is written down also where nothing good came of it.
    private async Task<int> RecordAsync(ParseResult parsed, Request request, SessionOptions settings, CancellationToken stopping)
    {
        _har.Attach(parsed, settings);
        try
        {
            return await SendAsync(parsed, request, settings, stopping).ConfigureAwait(false);
        }
        finally
        {
            await _har.SaveAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a request that is complete, and prints or saves what was asked for.</summary>
    private async Task<int> SendAsync(ParseResult parsed, Request request, SessionOptions settings, CancellationToken stopping)
    {
        string? path = _download.Output(parsed);
        bool isOffline = parsed.GetValue(_offline);
        PrintOptions print = isOffline ? _printing.Read(parsed, _streams, MessageParts.Request)
            : path is not null ? _printing.Read(parsed, _streams, MessageParts.ResponseHead)
            : _printing.Read(parsed, _streams);
        _transport.AllowSilence(parsed, settings, print.Stream);
        if (!isOffline && _download.IsAskedFor(parsed)) return await _download.RunAsync(parsed, request, settings, print.IsQuiet, stopping).ConfigureAwait(false);

        RequestSender sender = new(_streams, print) { BodyPath = path, MaxHeaders = _transport.MaxHeaders(parsed), KeepsBody = _har.IsAskedFor(parsed) };
        if (isOffline)
        {
            await sender.PrintAsync(request, settings, stopping).ConfigureAwait(false);
            return ExitCode.Success;
        }

        int status = await sender.SendAsync(request, settings, stopping).ConfigureAwait(false);
        return OptionKinds.Last(parsed, _checkStatus.Name, _noCheckStatus.Name) == _noCheckStatus.Name ? ExitCode.Success : ExitCode.OfStatus(status);
    }

    private static string HostOf(string url) => Url.TryParse(url, out Url? parsed) ? parsed.Host : url;
}
