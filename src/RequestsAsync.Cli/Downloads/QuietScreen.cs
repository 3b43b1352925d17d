namespace RequestsAsync.Cli;

/// <summary>Shows nothing.</summary>
internal sealed class QuietScreen : IDownloadScreen, IDownloadLine
{
    public Task ShowAsync(Func<Task> work) => work();

    public IDownloadLine Begin(string url) => this;

    public void Report(DownloadProgress value)
    {
    }

    public void End(DownloadResult result)
    {
    }

    public void Fail()
    {
    }
}
