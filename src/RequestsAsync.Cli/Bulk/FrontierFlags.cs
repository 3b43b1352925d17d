using System.CommandLine;
using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary>The options that say in which database a job is.</summary>
internal sealed class FrontierFlags
{
    private const string Variable = "REQUESTS_FRONTIER";

    private readonly Option<string?> _frontier = OptionKinds.Text("--frontier", "URL", "The database: postgres://user@host/database. REQUESTS_FRONTIER unless given, which others do not see in the list of processes.");
    private readonly Option<string?> _schema = OptionKinds.Text("--schema", "NAME", "The schema with the tables; requests_bulk unless given.");
    private readonly Option<string?> _job = OptionKinds.Text("--job", "NAME", "The job's name.");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_frontier, _schema, _job]) command.Options.Add(option);
    }

    /// <summary>Where the database is.</summary>
    /// <exception cref="CommandException">Nobody said.</exception>
    public string Database(ParseResult parsed)
    {
        string? address = parsed.GetValue(_frontier) ?? Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrWhiteSpace(address) ? throw CommandException.Usage($"--frontier URL or {Variable} says in which database the job is.") : address;
    }

    /// <summary>The job's name; <see langword="null"/> where none was given.</summary>
    public string? Job(ParseResult parsed) => parsed.GetValue(_job);

    /// <summary>How its frontier works.</summary>
    public PostgresFrontierOptions Options(ParseResult parsed, bool create = false)
    {
        PostgresFrontierOptions options = new() { CreateJob = create };
        return parsed.GetValue(_schema) is { Length: > 0 } schema ? options with { Schema = schema } : options;
    }

    /// <summary>Opens the job.</summary>
    /// <exception cref="CommandException">No job was named.</exception>
    public ValueTask<PostgresFrontier> OpenAsync(ParseResult parsed, bool create, CancellationToken cancellationToken) => PostgresFrontier.OpenAsync(
        Database(parsed), Job(parsed) ?? throw CommandException.Usage("--job NAME says which job."), Options(parsed, create), cancellationToken);
}
