namespace RequestsAsync;

/// <summary>A file that is written beside its target and takes its place once it is whole, so that nobody ever finds half of it there.</summary>
/// <remarks>Where the target is a symbolic link, what it leads to is replaced; where it is there already, who may read it stays as it was.</remarks>
internal sealed class ReplacementFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private bool _isCommitted;

    /// <summary>Creates the file, empty, in the target's own folder: a rename is atomic only within one file system.</summary>
    public ReplacementFile(string target)
    {
        _target = File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
        // With its 14 characters the longest name that SafeFileName gives still fits a file system.
        _temporary = $"{_target}.{Path.GetRandomFileName().AsSpan(0, 8)}.part";
        Stream = new FileStream(_temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0, // what is written comes in large pieces
        });
        if (!OperatingSystem.IsWindows() && File.Exists(_target)) File.SetUnixFileMode(Stream.SafeFileHandle, File.GetUnixFileMode(_target));
    }

    /// <summary>Takes the content.</summary>
    public FileStream Stream { get; }

    /// <summary>Puts the file in the target's place, in one step.</summary>
    public void Commit()
    {
        Stream.Dispose();
        File.Move(_temporary, _target, overwrite: true);
        _isCommitted = true;
    }

    /// <summary>Closes the file, and removes it unless it was committed.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (_isCommitted) return;

        try
        {
            File.Delete(_temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What led here is the exception to see; a virus scanner that holds the file open is not.
        }
    }
}
