using System.CommandLine;
using System.Globalization;
using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary><c>requests bulk merge FILE… -o OUT</c>: one record for each request, of the outputs of one job or of many.</summary>
internal sealed class BulkMergeCommand : Command
{
    private readonly StandardStreams _streams;
    private readonly Argument<string[]> _inputs = new("FILE") { Description = "Outputs of bulk jobs.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _output = OptionKinds.Text("--output", "FILE", "Where the records go.", "-o");

    public BulkMergeCommand(StandardStreams streams)
        : base("merge", "Join outputs, with one record for each request.")
    {
        _streams = streams;
        Arguments.Add(_inputs);
        Options.Add(_output);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        string output = parsed.GetValue(_output) ?? throw CommandException.Usage("requests bulk merge needs -o FILE: where the records go.");
        MergeResult result = await RecordMerge.RunAsync(parsed.GetRequiredValue(_inputs), output, stopping).ConfigureAwait(false);
        _streams.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"merged {result.Read:N0} records into {result.Written:N0}{(result.Torn == 0 ? "" : $"; {result.Torn:N0} lines were torn and left out")}"));
        return ExitCode.Success;
    }
}
