namespace RequestsAsync.Cli;

/// <summary>One line for each file that is there, for logs and pipes.</summary>
internal sealed class LineScreen(TextWriter error) : IDownloadScreen
{
    private readonly TextWriter _error = TextWriter.Synchronized(error);

    public Task ShowAsync(Func<Task> work) => work();

    public IDownloadLine Begin(string url) => new Line(_error);

    private sealed class Line(TextWriter error) : IDownloadLine
    {
        public void Report(DownloadProgress value)
        {
        }

        public void End(DownloadResult result)
        {
            string resumed = result.ResumedBytes > 0 ? $", {ByteSize.Text(result.ResumedBytes)} of it from before" : "";
            string check = result.Checksum is { } checksum ? $", {checksum.Algorithm.ToString().ToLowerInvariant()} is right" : "";
            error.WriteLine(TerminalText.Line($"saved {result.Path} ({ByteSize.Text(result.Bytes)}{resumed}{check})"));
        }

        public void Fail()
        {
        }
    }
}
