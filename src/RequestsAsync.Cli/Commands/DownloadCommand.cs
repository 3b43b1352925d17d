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
    private readonly TransportOptions _transport = new();

    private readonly Argument<string[]> _urls = new("URL") { Description = "What to download.", Arity = ArgumentArity.OneOrMore };

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
        Arguments.Add(_urls);
        _flags.AddTo(this);
        foreach (Option option in (Option[])[_directory, _segments, _parallel, _quiet])
            Options.Add(option);
        _auth.AddTo(this);
        _transport.AddTo(this);
        Validators.Add(CheckTargets);
        SetAction(RunAsync);
    }

    /// <summary>The folder the command runs in.</summary>
    internal static string Here => "." + Path.DirectorySeparatorChar;

    private void CheckTargets(CommandResult result)
    {
        int urls = result.GetResult(_urls)?.Tokens.Count ?? 0;
        if (urls > 1 && _flags.HasOutput(result)) result.AddError("-o names one file, and there are several URLs: choose a folder with -P.");
        if (urls > 1 && _flags.HasChecksum(result)) result.AddError("--checksum is that of one file, and there are several URLs.");
        if (_flags.HasOutput(result) && result.GetResult(_directory) is { Implicit: false }) result.AddError("Choose one of -o FILE and -P DIR.");
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        string path = _flags.Output(parsed) ?? (parsed.GetValue(_directory) is { } folder ? folder + Path.DirectorySeparatorChar : Here);
        SessionOptions settings = Settings(parsed);
        List<DownloadJob> jobs = [];
        foreach (string url in parsed.GetRequiredValue(_urls))
        {
            DownloadOptions how = _flags.Read(parsed);
            how.Segments = parsed.GetValue(_segments);
            if (settings.Retry is { } retry) how.Retry = retry;
            jobs.Add(new(_transport.UrlOf(parsed, url), path, how));
        }

        Session session = new(settings);
        await using (session.ConfigureAwait(false))
        {
            DownloadBatch batch = new(_streams, parsed.GetValue(_quiet), parsed.GetValue<bool>("--debug"));
            return await batch.RunAsync(session, jobs, parsed.GetValue(_parallel), stopping).ConfigureAwait(false);
        }
    }

    private SessionOptions Settings(ParseResult parsed)
    {
        SessionOptions settings = _transport.Read(parsed);
        settings.FollowRedirects = true; // nobody wants to save a redirect
        settings.TrustEnvironment = _auth.UsesNetrc(parsed) ? true : null;
        settings.Auth = _auth.Read(parsed, "every host", question => PasswordPrompt.Ask(_streams, question))?.ToAuth();
        return settings;
    }

    private static int Number(ArgumentResult result, string name, int most)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most) return number;

        result.AddError($"{name} takes a number from 1 to {most}, not '{text}'.");
        return 1;
    }
}
