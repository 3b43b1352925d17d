using System.Text.Json;

namespace RequestsAsync.Cli;

/// <summary>A JSON object; a name that its text has twice stays there twice.</summary>
internal sealed class JsonTreeObject : JsonTree
{
    private readonly List<(string Name, JsonTree Value)> _members = [];

    public override string TypeName => "object";

    /// <summary>The member of this name, or <see langword="null"/>; setting it replaces the value in its place.</summary>
    public JsonTree? this[string name]
    {
        get => IndexOf(name) is >= 0 and int at ? _members[at].Value : null;
        set
        {
            int at = IndexOf(name);
            if (at < 0) _members.Add((name, value!));
            else _members[at] = (name, value!);
        }
    }

    public void Add(string name, JsonTree value) => _members.Add((name, value));

    internal override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach ((string name, JsonTree value) in _members)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    // The last of several counts, as for most readers of JSON.
    private int IndexOf(string name) => _members.FindLastIndex(member => member.Name == name);
}
