using System.Globalization;

namespace RequestsAsync.Bulk;

/// <summary>Keeps the folder of a job for one process.</summary>
internal sealed class JobLock : IDisposable
{
    private readonly FileStream _file;

    private JobLock(FileStream file)
    {
        _file = file;
    }

    /// <exception cref="FrontierException">Somebody else has it, or it cannot be made.</exception>
    internal static JobLock Take(string folder)
    {
        MakeFolder(folder);
        string owner = Path.Combine(folder, JobFiles.Owner);
        JobLock taken = new(Open(folder, owner));
        try
        {
            // A locked file cannot be read by others: who has it stands beside it.
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is for the message alone; on a full disk there is none.
        }

        return taken;
    }

    // The file stays when the lock ends: who removed it could remove that of somebody who came meanwhile.
    public void Dispose() => _file.Dispose();

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FrontierException($"The folder '{folder}' of the job cannot be made ({exception.Message}). Name another.", exception);
        }
    }

    private static FileStream Open(string folder, string owner)
    {
        try
        {
            return new(Path.Combine(folder, JobFiles.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new FrontierException($"The folder '{folder}' of the job cannot be written ({exception.Message}). Set its rights right, or name another.", exception);
        }
        catch (IOException exception)
        {
            throw new FrontierException(
                $"The job in '{folder}' is open already: {Holder(owner)}. Wait for it to end, or give this job a folder of its own. ({exception.Message})", exception);
        }
    }

    private static string Holder(string owner)
    {
        try
        {
            return $"process {File.ReadAllText(owner)} has it";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "another process has it";
        }
    }
}
