namespace RequestsAsync.Cli;

/// <summary>One file's progress, as a person sees it.</summary>
internal interface IDownloadLine : IProgress<DownloadProgress>
{
    /// <summary>The file is in its place.</summary>
    void End(DownloadResult result);

    /// <summary>It is not.</summary>
    void Fail();
}
