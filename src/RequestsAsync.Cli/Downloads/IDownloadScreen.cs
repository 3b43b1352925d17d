namespace RequestsAsync.Cli;

/// <summary>Where a person sees how downloads are going.</summary>
internal interface IDownloadScreen
{
    /// <summary>Shows the downloads as long as the work lasts, which must not fail.</summary>
    Task ShowAsync(Func<Task> work);

    /// <summary>A file's line.</summary>
    IDownloadLine Begin(string url);
}
