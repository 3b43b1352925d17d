using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary><c>requests --download URL</c>: the bare command's request, its answer saved as a file.</summary>
internal sealed class DownloadOfRequest(StandardStreams streams)
{
    private readonly DownloadFlags _flags = new();

    private readonly Option<bool> _download = new("--download", "-d") { Description = "Save the body as a file: continued when it was cut off, and named as the server says unless -o does." };

    /// <summary>Adds <c>--download</c>, <c>--output</c>, <c>--continue</c>, <c>--checksum</c> and <c>--overwrite</c>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_download);
        _flags.AddTo(command);
    }

    /// <summary>Whether the answer is to be downloaded.</summary>
    public bool IsAskedFor(ParseResult parsed) => parsed.GetValue(_download);

    /// <summary>The file that <c>--output</c> names, also without <c>--download</c>.</summary>
    public string? Output(ParseResult parsed) => _flags.Output(parsed);

    /// <summary>Downloads.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="session">Whose settings and cookies are used.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="url">Its URL, whole.</param>
    /// <param name="options">What else it says.</param>
    /// <param name="stopping">Cancelled by Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="CommandException">The method is not GET.</exception>
    public Task<int> RunAsync(ParseResult parsed, Session session, string method, string url, RequestOptions options, CancellationToken stopping)
    {
        if (!method.Equals("GET", StringComparison.OrdinalIgnoreCase))
            throw new CommandException($"--download fetches with GET, not with {method}.", "Save this answer with -o FILE, without --download.");

        DownloadOptions how = _flags.Read(parsed);
        how.Request = options;
        DownloadJob job = new(url, _flags.Output(parsed) ?? DownloadCommand.Here, how);
        return new DownloadBatch(streams, isQuiet: false, parsed.GetValue<bool>("--debug")).RunAsync(session, [job], parallel: 1, stopping);
    }
}
