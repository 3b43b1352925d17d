namespace RequestsAsync;

/// <summary>What a download does when its target is there already.</summary>
public enum ExistingFile
{
    /// <summary>It fails with <see cref="DownloadException"/>, and nothing is downloaded.</summary>
    Refuse,

    /// <summary>The new file takes the old one's place in one step, once it is whole.</summary>
    Replace,

    /// <summary>The new file gets the next free name: <c>data-1.csv</c> beside <c>data.csv</c>.</summary>
    KeepBoth,
}
