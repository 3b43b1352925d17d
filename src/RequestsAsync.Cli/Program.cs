using RequestsAsync.Cli;

using StandardStreams streams = StandardStreams.OfProcess();
using Interruption interruption = new();
int code = await CommandLine.RunAsync(args, streams, interruption.Token).ConfigureAwait(false);
return code == ExitCode.Interrupted ? interruption.ExitCode : code;
