using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary><c>requests --download URL</c>: the bare command's request, its answer saved as a file.</summary>
internal sealed class DownloadOfRequest(StandardStreams streams)
{
    private readonly DownloadFlags _flags = new();

    private readonly Option<bool> _download =
        OptionKinds.Flag("--download", "Save the body as a file: continued when it was cut off, and named as the server says unless -o does.", "-d");

    /// <summary>Adds <c>--download</c>, <c>--output</c>, <c>--continue</c>, <c>--checksum</c> and <c>--overwrite</c>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_download);
        _flags.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(_download) && _flags.FindDownloadsOnly(result) is { } name) result.AddError($"{name} is for downloads: add --download.");
        });
    }

    /// <summary>Whether the answer is to be downloaded.</summary>
    public bool IsAskedFor(ParseResult parsed) => parsed.GetValue(_download);

    /// <summary>The file that <c>--output</c> names, also without <c>--download</c>.</summary>
    public string? Output(ParseResult parsed) => _flags.Output(parsed);

    /// <summary>Downloads.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="request">The request, whole.</param>
    /// <param name="settings">The session that sends it.</param>
    /// <param name="isQuiet">Whether a person is told of failures alone.</param>
    /// <param name="stopping">Cancelled by Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="CommandException">The method is not GET.</exception>
    public async Task<int> RunAsync(ParseResult parsed, Request request, SessionOptions settings, bool isQuiet, CancellationToken stopping)
    {
        if (!request.Method.Equals("GET", StringComparison.OrdinalIgnoreCase))
            throw CommandException.Usage($"--download fetches with GET, not with {request.Method}.", "Save this answer with -o FILE, without --download.");

        DownloadOptions how = _flags.Read(parsed);
        how.Request = request.Extras;
        if (settings.Retry is { } retry) how.Retry = retry;
        settings.FollowRedirects = true; // nobody wants to save a redirect
        DownloadJob job = new(request.Url, _flags.Output(parsed) ?? DownloadCommand.Here, how);
        Session session = new(settings);
        await using (session.ConfigureAwait(false))
            return await new DownloadBatch(streams, isQuiet, parsed.GetValue<bool>("--debug")).RunAsync(session, [job], parallel: 1, stopping).ConfigureAwait(false);
    }
}
