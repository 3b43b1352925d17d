using System.Reflection;
using System.Xml.Linq;

namespace RequestsAsync.Tests;

/// <summary>What holds for the public surface of each package.</summary>
/// <param name="assembly">The package's assembly.</param>
/// <param name="project">The folder of its tests, which holds <c>Surface/PublicApi.txt</c>.</param>
public abstract class PublicApiContract(Assembly assembly, string project)
{
    /// <summary>The public surface is written down: a change of it is a decision and shows in the diff.</summary>
    /// <remarks>With UPDATE_API=1 in the environment the file is written anew.</remarks>
    [Fact]
    public void The_public_surface_is_the_one_written_down()
    {
        string path = Path.Combine(RepositoryFolder.Find("tests/" + project), "Surface", "PublicApi.txt");
        string actual = PublicSurface.Describe(assembly);
        if (Environment.GetEnvironmentVariable("UPDATE_API") == "1") File.WriteAllText(path, actual);

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    [Fact]
    public void Everything_public_is_documented()
    {
        XDocument documentation = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"));
        Dictionary<string, XElement> entries = documentation.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

        string[] missing = [.. PublicSurface.DocumentationIds(assembly)
            .Where(id => !entries.TryGetValue(id, out XElement? entry) || IsEmpty(entry))];

        Assert.Empty(missing);

        static bool IsEmpty(XElement entry) =>
            !entry.Descendants("inheritdoc").Any() && string.IsNullOrWhiteSpace(entry.Element("summary")?.Value);
    }
}
