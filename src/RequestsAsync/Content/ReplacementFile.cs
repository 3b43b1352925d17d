namespace RequestsAsync;

/// <summary>A file that is written beside its target and takes its place once it is whole, so that nobody ever finds half of it there.</summary>
/// <remarks>Where the target is a symbolic link, what it leads to is replaced; where it is there already, who may read it stays as it was.</remarks>
internal sealed class ReplacementFile : IDisposable
{
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    private readonly string _target;
    private readonly string _temporary;
    private bool _isCommitted;

    /// <summary>Creates the file, empty, in the target's own folder: a rename is atomic only within one file system.</summary>
    public ReplacementFile(string target)
    {
        _target = new FileInfo(target) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : target;
        // With its 14 characters the longest name that SafeFileName gives still fits a file system.
        _temporary = $"{_target}.{Path.GetRandomFileName().AsSpan(0, 8)}.part";
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0, // what is written comes in large pieces
        };
        if (OperatingSystem.IsWindows() || !File.Exists(_target))
        {
            Stream = new FileStream(_temporary, options);
            return;
        }

        UnixFileMode mode = File.GetUnixFileMode(_target) & Permissions; // new content is not trusted with more, such as another's rights
        options.UnixCreateMode = mode; // never more than it, not for a moment
        Stream = new FileStream(_temporary, options);
        try
        {
            if (File.GetUnixFileMode(Stream.SafeFileHandle) != mode) File.SetUnixFileMode(Stream.SafeFileHandle, mode); // the process's own mask took something away
        }
        catch
        {
            Dispose();
            throw;
        }
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
