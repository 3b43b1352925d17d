using Microsoft.Win32.SafeHandles;

namespace RequestsAsync;

/// <summary>A file on its way: <c>NAME.part</c>, held by one download alone, with <c>NAME.part.json</c> beside it that says what of it is on disk.</summary>
/// <remarks>
/// The side file never claims a byte that is not there. Data is flushed to the disk before it is claimed, a claim is replaced in one step
/// unless the disk is full, and before old bytes are written over it is taken back.
/// </remarks>
internal sealed class PartFile : IDisposable
{
    // A download that ends while another one waits for its file leaves the name free; a few rounds are more than enough.
    private const int OpeningRounds = 10;

    // What a file of a few bytes takes on a disk.
    private const int BlockBytes = 4096;

    private readonly string _target;
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly Lock _saving = new();

    private PartFile(string target, SafeFileHandle handle)
    {
        _target = target;
        _path = PathOf(target);
        _handle = handle;
    }

    /// <summary>Whether nothing was written yet.</summary>
    public bool IsEmpty => RandomAccess.GetLength(_handle) == 0;

    private string SidePath => _path + ".json";

    private string NewSidePath => _path + ".json.new";

    public static string PathOf(string target) => target + ".part";

    /// <summary>Opens the part of a target, or makes it, and locks it.</summary>
    /// <exception cref="DownloadException">Somebody else has it, it is not ours, or it cannot be made.</exception>
    public static PartFile Open(string target)
    {
        string path = PathOf(target);
        try
        {
            for (int round = 0; round < OpeningRounds; round++)
            {
                PartFile part = new(target, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

                // Whoever held the lock until now may have given the file its name: then what is locked here is that finished file.
                if (File.Exists(path)) return part.CheckIsOurs();
                part.Dispose();
            }
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw FileFault.IsLocked(e)
                ? new DownloadException(DownloadProblem.InUse, $"'{target}' is being downloaded already, by this process or another one: '{path}' is locked.", e)
                : CannotWrite(target, e);
        }

        throw new DownloadException(DownloadProblem.InUse, $"'{target}' is being downloaded again and again by somebody else.");
    }

    /// <summary>What an earlier run left; <see langword="null"/> when that is nothing to build on.</summary>
    public PartState? Load()
    {
        try
        {
            PartState? state = File.Exists(SidePath) ? PartState.Read(File.ReadAllBytes(SidePath)) : null;
            return state is null || (state.Done.Count > 0 && state.Done[^1].End > RandomAccess.GetLength(_handle)) ? null : state;
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw CannotWrite(_target, e);
        }
    }

    /// <summary>Begins anew: nothing is claimed, and then nothing is there.</summary>
    public void Reset(PartState state)
    {
        try
        {
            Replace(state with { Done = [] });
            if (RandomAccess.GetLength(_handle) > 0) RandomAccess.SetLength(_handle, 0);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw CannotWrite(_target, e);
        }
    }

    /// <summary>Writes, on this thread: the system takes the bytes into its cache, which is less work than to wake another thread for it.</summary>
    public void Write(ReadOnlySpan<byte> data, long position)
    {
        try
        {
            RandomAccess.Write(_handle, data, position);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw CannotWrite(_target, e);
        }
    }

    /// <summary>Claims what was written before this call began.</summary>
    public void Claim(PartState state)
    {
        try
        {
            lock (_saving)
            {
                RandomAccess.FlushToDisk(_handle);
                ReplaceOrRewrite(state);
            }
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw CannotWrite(_target, e);
        }
    }

    /// <summary>What was written, from its beginning.</summary>
    public Stream OpenRead() => new PartReader(_handle);

    /// <summary>Gives the file its name, in one step, once all of it is on the disk.</summary>
    public void Commit(long length, bool overwrite)
    {
        try
        {
            if (RandomAccess.GetLength(_handle) != length) RandomAccess.SetLength(_handle, length);
            RandomAccess.FlushToDisk(_handle);
            if (OperatingSystem.IsWindows()) _handle.Dispose(); // an open file keeps its name there
            File.Move(_path, _target, overwrite);
        }
        catch (IOException e) when (!overwrite && Path.Exists(_target))
        {
            throw DownloadTarget.Exists(_target, e);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw CannotWrite(_target, e);
        }

        DeleteQuietly(SidePath);
        DeleteQuietly(NewSidePath);
    }

    /// <summary>Removes what is of no use to anybody.</summary>
    public void Delete()
    {
        if (OperatingSystem.IsWindows()) _handle.Dispose();
        DeleteQuietly(_path);
        DeleteQuietly(SidePath);
        DeleteQuietly(NewSidePath);
    }

    public void Dispose() => _handle.Dispose();

    // The side file is made before the first byte: data without one is somebody else's.
    private PartFile CheckIsOurs()
    {
        if (IsEmpty || File.Exists(SidePath)) return this;

        Dispose();
        throw new DownloadException(DownloadProblem.CannotWrite, $"'{_path}' is in the way: it is no unfinished download of this library. Move it away, or choose another target.");
    }

    private void Replace(PartState state)
    {
        using (SafeFileHandle side = File.OpenHandle(NewSidePath, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(side, state.Write(), fileOffset: 0);
            RandomAccess.FlushToDisk(side);
        }

        File.Move(NewSidePath, SidePath, overwrite: true);
    }

    // On a disk that is full there is no room for a second side file, but the block of the first is there already. A crash while it is written costs the claim.
    private void ReplaceOrRewrite(PartState state)
    {
        try
        {
            Replace(state);
        }
        catch (IOException e) when (FileFault.IsFull(e))
        {
            DeleteQuietly(NewSidePath);
            byte[] claim = state.Write();
            using SafeFileHandle side = File.OpenHandle(SidePath, FileMode.Open, FileAccess.ReadWrite);
            if (claim.Length > Math.Max(RandomAccess.GetLength(side), BlockBytes)) throw;

            RandomAccess.Write(side, claim, fileOffset: 0);
            RandomAccess.SetLength(side, claim.Length);
            RandomAccess.FlushToDisk(side);
        }
    }

    private static bool IsOfDisk(Exception e) => e is IOException or UnauthorizedAccessException;

    private static DownloadException CannotWrite(string target, Exception e) => FileFault.IsFull(e)
        ? new(DownloadProblem.DiskFull, $"'{target}' could not be downloaded to its end: the disk is full. What has come is kept: make room and run it again.", e)
        : new(DownloadProblem.CannotWrite, $"'{target}' cannot be written: {e.Message}", e);

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            // The download's own end is what matters; the next one will meet the file and know it.
        }
    }
}
