using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>The files of a multipart/form-data request (RFC 7578), in the order they were added; a name may occur more than once.</summary>
/// <remarks>
/// Written as an initializer: <c>Files = { ["avatar"] = Upload.FromFile("a.png"), ["doc"] = bytes, ["log"] = stream }</c>.
/// Several files of one name are added: <c>Files = { { "photo", first }, { "photo", second } }</c>. <see langword="null"/> sends nothing.
/// Names are case-sensitive. Not safe for writing from several threads.
/// </remarks>
[SuppressMessage("Naming", "CA1710", Justification = "Files = { … } reads as what it is, whatever its type is called.")]
public sealed class FileParts : IEnumerable<KeyValuePair<string, Upload>>
{
    private readonly List<KeyValuePair<string, Upload>> _entries = [];

    /// <summary>How many files there are.</summary>
    public int Count => _entries.Count;

    /// <summary>The first file of a name, or <see langword="null"/>; setting it replaces every file of that name, at the place of the first.</summary>
    /// <param name="name">The field's name, case-sensitive.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public Upload? this[string name]
    {
        get
        {
            int at = IndexOf(name);
            return at < 0 ? null : _entries[at].Value;
        }

        set
        {
            int at = IndexOf(name);
            if (at < 0)
            {
                Add(name, value);
                return;
            }

            _entries.RemoveAll(entry => entry.Key == name);
            if (value is not null) _entries.Insert(at, new(name, value));
        }
    }

    /// <summary>Adds a file after the others, also when the name is there already.</summary>
    /// <param name="name">The field's name, case-sensitive.</param>
    /// <param name="file">The file; <see langword="null"/> adds nothing.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public void Add(string name, Upload? file)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (file is not null) _entries.Add(new(name, file));
    }

    /// <summary>Every file with its field's name, in order.</summary>
    public IEnumerator<KeyValuePair<string, Upload>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal FileParts Clone()
    {
        FileParts clone = [];
        foreach ((string name, Upload file) in _entries)
            clone.Add(name, file.Clone());
        return clone;
    }

    private int IndexOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _entries.FindIndex(entry => entry.Key == name);
    }
}
