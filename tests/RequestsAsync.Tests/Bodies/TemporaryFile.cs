namespace RequestsAsync.Tests;

/// <summary>A file in a folder of its own, gone with the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public TemporaryFile(string name, string content)
    {
        FullPath = Path.Combine(_folder.FullName, name);
        File.WriteAllText(FullPath, content);
    }

    public string FullPath { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
