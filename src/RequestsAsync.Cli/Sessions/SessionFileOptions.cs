using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary>The options that name a session.</summary>
internal sealed class SessionFileOptions
{
    private readonly Option<string?> _session = OptionKinds.Text("--session", "NAME|FILE", "Keep cookies, headers and credentials for the next request to this host.");
    private readonly Option<string?> _readOnly = OptionKinds.Text("--session-read-only", "NAME|FILE", "Use a session and leave it as it is.");

    public void AddTo(Command command)
    {
        command.Options.Add(_session);
        command.Options.Add(_readOnly);
    }

    public bool IsReadOnly(ParseResult parsed) => parsed.GetValue(_readOnly) is not null;

    /// <summary>The session; <see langword="null"/> when none is named, or the URL is none.</summary>
    /// <exception cref="CommandException">Both options are given, or the session cannot be used.</exception>
    public SessionFile? Open(ParseResult parsed, string url)
    {
        string? name = parsed.GetValue(_session);
        string? readOnly = parsed.GetValue(_readOnly);
        if (name is not null && readOnly is not null) throw CommandException.Usage("--session and --session-read-only exclude each other.");
        return (name ?? readOnly) is { } either && Url.TryParse(url, out Url? parsedUrl)
            ? SessionFile.Open(either, parsedUrl, ConfigFolder.Path(Environment.GetEnvironmentVariable))
            : null;
    }
}
