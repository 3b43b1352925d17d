using System.CommandLine;
using System.Globalization;
using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary><c>requests bulk export --job NAME -o FILE</c>: the records of a job in a database.</summary>
internal sealed class BulkExportCommand : Command
{
    private readonly StandardStreams _streams;
    private readonly FrontierFlags _frontier = new();
    private readonly Option<string?> _output = OptionKinds.Text("--output", "FILE", "Where the records go; '-' for the standard output.", "-o");

    public BulkExportCommand(StandardStreams streams)
        : base("export", "Write the records of a job in a database.")
    {
        _streams = streams;
        Options.Add(_output);
        _frontier.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        string output = parsed.GetValue(_output) ?? throw CommandException.Usage("requests bulk export needs -o FILE: where the records go.");
        PostgresFrontier frontier = await _frontier.OpenAsync(parsed, create: false, stopping).ConfigureAwait(false);
        await using (frontier.ConfigureAwait(false))
        {
            long count = output == "-" ? await frontier.ExportAsync(_streams.Output, stopping).ConfigureAwait(false) : await ExportAsync(frontier, output, stopping).ConfigureAwait(false);
            _streams.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"exported {count:N0} records"));
            return ExitCode.Success;
        }
    }

    // What is there is replaced once the new one is whole.
    private static async Task<long> ExportAsync(PostgresFrontier frontier, string path, CancellationToken stopping)
    {
        using ReplacementFile file = new(path);
        long count = await frontier.ExportAsync(file.Stream, stopping).ConfigureAwait(false);
        file.Stream.Flush(flushToDisk: true);
        file.Commit();
        return count;
    }
}
