using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary><c>--har FILE</c>: writes what was sent and what came as an HTTP Archive, secrets hidden.</summary>
internal sealed class HarExportOption
{
    private HarLog? _log;
    private string? _path;

    /// <summary>To be added to the command.</summary>
    public Option<string?> Option { get; } =
        OptionKinds.Text("--har", "FILE", "Write the requests and the answers to a HAR file; secrets are hidden in it.");

    /// <summary>Whether there is something to be recorded.</summary>
    public bool IsAskedFor(ParseResult parsed) => parsed.GetValue(Option) is not null;

    /// <summary>Begins to record, if that was asked for; to be called before the session is made.</summary>
    public void Attach(ParseResult parsed, SessionOptions options)
    {
        _path = parsed.GetValue(Option);
        if (_path is null) return;

        _log = new();
        options.Middleware.Add(_log.RecordAsync);
    }

    /// <summary>Writes the file, if it was asked for; to be called when the body was read, and after a failure too.</summary>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public async Task SaveAsync(CancellationToken stopping)
    {
        if (_log is null || _log.Count == 0) return;

        try
        {
            await _log.SaveAsync(_path!, stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{_path} cannot be written: {e.Message}", innerException: e);
        }
    }
}
