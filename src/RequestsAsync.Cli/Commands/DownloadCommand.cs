using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary><c>requests download URL…</c>: files, continued where they were cut off.</summary>
internal sealed class DownloadCommand : Command
{
    private const int DefaultSegments = 4;
    private const int DefaultParallel = 4;
    private const int MostSegments = 32;
    private const int MostParallel = 256;

    private readonly StandardStreams _streams;
    private readonly DownloadFlags _flags = new();
    private readonly AuthOptions _auth = new();
    private readonly SessionFileOptions _sessions = new();
    private readonly TransportOptions _transport = new();

    private readonly Argument<string[]> _words = new("URL")
    {
        Description = "What to download; then header fields (Name:Value) and parameters of the query (name==value), for all of them.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _directory = new("--directory", "-P") { Description = "The folder to write to; made if it is not there.", HelpName = "DIR" };

    private readonly Option<int> _segments = new("--segments", "-x")
    {
        Description = "How many parts of a large file are fetched at once; 4 unless given.",
        HelpName = "N",
        DefaultValueFactory = static _ => DefaultSegments,
        CustomParser = static result => Number(result, "-x", MostSegments),
    };

    private readonly Option<int> _parallel = new("--parallel", "-j")
    {
        Description = "How many files are fetched at once; 4 unless given.",
        HelpName = "N",
        DefaultValueFactory = static _ => DefaultParallel,
        CustomParser = static result => Number(result, "-j", MostParallel),
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Say nothing but what went wrong." };

    public DownloadCommand(StandardStreams streams)
        : base("download", "Download files; what was cut off is continued by the same command.")
    {
        _streams = streams;
        Arguments.Add(_words);
        _flags.AddTo(this);
        foreach (Option option in (Option[])[_directory, _segments, _parallel, _quiet])
            Options.Add(option);
        _auth.AddTo(this);
        _sessions.AddTo(this);
        _transport.AddTo(this);
        Validators.Add(CheckTargets);
        SetAction(RunAsync);
    }

    /// <summary>The folder the command runs in.</summary>
    internal static string Here => "." + Path.DirectorySeparatorChar;

    private void CheckTargets(CommandResult result)
    {
        string[] words = [.. (result.GetResult(_words)?.Tokens ?? []).Select(static token => token.Value)];
        if (words.FirstOrDefault(static word => word is ['-', _, ..]) is { } option) result.AddError($"There is no option '{option}'.");
        DownloadTargets targets = DownloadTargets.Of(words);
        if (targets.FindContent() is { } content) result.AddError($"A download has no content, and '{content}' would be some. ('{content}' as a URL needs its scheme.)");
        int urls = targets.Urls.Count;
        if (urls > 1 && _flags.HasOutput(result)) result.AddError("-o names one file, and there are several URLs: choose a folder with -P.");
        if (urls > 1 && _flags.HasChecksum(result)) result.AddError("--checksum is that of one file, and there are several URLs.");
        if (_flags.HasOutput(result) && result.GetResult(_directory) is { Implicit: false }) result.AddError("Choose one of -o FILE and -P DIR.");
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        string path = _flags.Output(parsed) ?? (parsed.GetValue(_directory) is { } folder ? folder + Path.DirectorySeparatorChar : Here);
        DownloadTargets targets = DownloadTargets.Of(parsed.GetRequiredValue(_words));
        string[] urls = [.. targets.Urls.Select(url => _transport.UrlOf(parsed, url))];
        RequestItems items = RequestItems.Collect(targets.Items);
        Credentials? credentials = _auth.Read(parsed, "every host", question => PasswordPrompt.Ask(_streams, question, stopping));
        SessionOptions settings = Settings(parsed, credentials);
        SessionFile? kept = OpenSession(parsed, urls);
        if (kept is not null)
        {
            kept.Remember(items.Headers, credentials, Url.Parse(urls[0]));
            kept.Bind(settings);
            settings.Cookies = kept.Cookies;
            settings.Auth = kept.Credentials?.ToAuth();
        }

        DownloadJob[] jobs = [.. urls.Select(url => new DownloadJob(url, path, How(parsed, settings, items, kept)))];
        int code;
        Session session = new(settings);
        await using (session.ConfigureAwait(false))
        {
            DownloadBatch batch = new(_streams, parsed.GetValue(_quiet), parsed.GetValue<bool>("--debug"));
            code = await batch.RunAsync(session, jobs, parsed.GetValue(_parallel), stopping).ConfigureAwait(false);
        }

        if (kept is not null && (kept.IsNew || !_sessions.IsReadOnly(parsed))) kept.Save();
        return code;
    }

    private SessionOptions Settings(ParseResult parsed, Credentials? credentials)
    {
        SessionOptions settings = _transport.Read(parsed);
        _transport.AllowSilence(parsed, settings);
        settings.FollowRedirects = true; // nobody wants to save a redirect
        settings.TrustEnvironment = _auth.UsesNetrc(parsed) ? true : null;
        settings.Auth = credentials?.ToAuth();
        return settings;
    }

    private DownloadOptions How(ParseResult parsed, SessionOptions settings, RequestItems items, SessionFile? kept)
    {
        DownloadOptions how = _flags.Read(parsed);
        how.Segments = parsed.GetValue(_segments);
        if (settings.Retry is { } retry) how.Retry = retry;
        how.Request = new() { Query = items.Query };
        items.AddHeadersTo(how.Request.Headers, kept?.Headers ?? []);
        return how;
    }

    // What a session holds goes to its own host alone.
    private SessionFile? OpenSession(ParseResult parsed, string[] urls)
    {
        SessionFile? session = _sessions.Open(parsed, urls[0]);
        if (session is null) return null;

        string host = Url.Parse(urls[0]).Authority;
        return Array.TrueForAll(urls, url => Url.TryParse(url, out Url? other) && other.Authority.Equals(host, StringComparison.OrdinalIgnoreCase))
            ? session
            : throw CommandException.Usage("A session belongs to one host, and the URLs name several.", "Download from each host with a command of its own.");
    }

    private static int Number(ArgumentResult result, string name, int most)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most) return number;

        result.AddError($"{name} takes a number from 1 to {most}, not '{text}'.");
        return 1;
    }
}
