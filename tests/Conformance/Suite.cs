using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>A public suite: reads its folder's cases and judges the library by each of them.</summary>
/// <remarks>No suite knows how many cases there are or what their ids are: other cases of the same format run unchanged.</remarks>
internal abstract class Suite
{
    /// <summary>The name in the report; that of the folder, or for a part of it one that begins so.</summary>
    public abstract string Name { get; }

    /// <summary>The folder's name below the data folder.</summary>
    public virtual string Folder => Name;

    /// <summary>The least share of undisputed cases that must pass.</summary>
    public abstract double Required { get; }

    /// <summary>Where the suite's data is.</summary>
    public string DataPath => Path.Combine(DataFolder.Path, Folder);

    /// <summary>Whether it is there.</summary>
    public bool HasData => Directory.Exists(DataPath);

    /// <summary>Judges every case in the folder.</summary>
    public abstract IEnumerable<CaseResult> Run(string folder);

    /// <summary>Reads a JSON file of the suite.</summary>
    protected static JsonElement ReadJson(string folder, string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file)));
        return document.RootElement.Clone();
    }
}
