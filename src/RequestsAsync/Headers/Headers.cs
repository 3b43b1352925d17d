using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>Header fields (RFC 9110 §5): names compare without case, several values of one name stay apart, order and spelling are kept.</summary>
/// <remarks>
/// In the options of one request a field set to <see langword="null"/> takes away the session's default of that name:
/// <c>Headers = { ["Accept-Language"] = null }</c>. Names and values are checked when the request is prepared, so that one bad
/// header in a list of ten thousand requests is the failure of that one. Not safe for writing from several threads.
/// </remarks>
[SuppressMessage("Naming", "CA1710", Justification = "Headers is what every library of this field calls them.")]
public sealed class Headers : IEnumerable<KeyValuePair<string, string>>
{
    // A null value marks a field that is taken away.
    private KeyValuePair<string, string?>[] _entries;
    private int _count;

    /// <summary>Creates an empty list.</summary>
    public Headers() => _entries = [];

    /// <summary>Creates a list of fields; a name that occurs twice has two values.</summary>
    /// <param name="fields">Names and values, in their order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fields"/> is <see langword="null"/>.</exception>
    public Headers(IEnumerable<KeyValuePair<string, string>> fields)
        : this()
    {
        ArgumentNullException.ThrowIfNull(fields);
        foreach ((string name, string value) in fields)
            Add(name, value);
    }

    private Headers(KeyValuePair<string, string?>[] entries, int count) => (_entries, _count) = (entries, count);

    /// <summary>How many field lines there are, fields that are taken away left out.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ref readonly KeyValuePair<string, string?> entry in Entries)
            {
                if (entry.Value is not null) count++;
            }

            return count;
        }
    }

    internal ReadOnlySpan<KeyValuePair<string, string?>> Entries => _entries.AsSpan(0, _count);

    /// <summary>
    /// The value of a field, or <see langword="null"/> when it is absent; several values are joined by <c>", "</c> (RFC 9110 §5.3).
    /// Setting replaces every value of the name.
    /// </summary>
    /// <param name="name">The field's name, in any case.</param>
    /// <remarks>Fields that may not be joined, above all <c>Set-Cookie</c>, are read with <see cref="GetValues"/>.</remarks>
    public string? this[string name]
    {
        get
        {
            string? found = null;
            foreach (ref readonly KeyValuePair<string, string?> entry in Entries)
            {
                if (entry.Value is { } value && SameName(entry.Key, name)) found = found is null ? value : $"{found}, {value}";
            }

            return found;
        }

        set
        {
            ArgumentNullException.ThrowIfNull(name);
            int kept = 0;
            bool placed = false;
            for (int i = 0; i < _count; i++)
            {
                if (!SameName(_entries[i].Key, name))
                    _entries[kept++] = _entries[i];
                else if (!placed)
                {
                    placed = true;
                    _entries[kept++] = new(name, value);
                }
            }

            _count = kept;
            if (!placed) Append(name, value);
        }
    }

    /// <summary>Adds a field line after the others, also when the name is there already.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentNullException">One of them is <see langword="null"/>.</exception>
    public void Add(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        Append(name, value);
    }

    /// <summary>Every value of a field, apart and in order; none when it is absent.</summary>
    /// <param name="name">The field's name, in any case.</param>
    public IReadOnlyList<string> GetValues(string name)
    {
        List<string>? values = null;
        foreach (ref readonly KeyValuePair<string, string?> entry in Entries)
        {
            if (entry.Value is { } value && SameName(entry.Key, name)) (values ??= []).Add(value);
        }

        return values is null ? [] : values;
    }

    /// <summary>Whether a field of this name is there.</summary>
    /// <param name="name">The field's name, in any case.</param>
    public bool Contains(string name)
    {
        foreach (ref readonly KeyValuePair<string, string?> entry in Entries)
        {
            if (entry.Value is not null && SameName(entry.Key, name)) return true;
        }

        return false;
    }

    /// <summary>Removes every value of a field from this list, and says whether there was one.</summary>
    /// <param name="name">The field's name, in any case.</param>
    public bool Remove(string name)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (!SameName(_entries[i].Key, name)) _entries[kept++] = _entries[i];
        }

        bool removed = kept < _count;
        Array.Clear(_entries, kept, _count - kept);
        _count = kept;
        return removed;
    }

    /// <summary>Every field line in order, one pair for each value.</summary>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (int i = 0; i < _count; i++)
        {
            if (_entries[i].Value is { } value) yield return new(_entries[i].Key, value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The names only: values may be secrets.</summary>
    public override string ToString() => $"<Headers [{string.Join(", ", this.Select(field => field.Key))}]>";

    internal static bool SameName(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    internal Headers Clone() => new(Entries.ToArray(), _count);

    /// <summary>Whether this list says anything of the field: a value, or that it is taken away.</summary>
    internal bool Mentions(string name)
    {
        foreach (ref readonly KeyValuePair<string, string?> entry in Entries)
        {
            if (SameName(entry.Key, name)) return true;
        }

        return false;
    }

    /// <summary>The session's fields and then the request's; a name that the request mentions replaces the session's.</summary>
    internal static Headers Merge(Headers session, Headers? request)
    {
        if (request is not { _count: > 0 }) return session;

        Headers merged = new(new KeyValuePair<string, string?>[session._count + request._count], 0);
        foreach (ref readonly KeyValuePair<string, string?> entry in session.Entries)
        {
            if (!request.Mentions(entry.Key)) merged._entries[merged._count++] = entry;
        }

        foreach (ref readonly KeyValuePair<string, string?> entry in request.Entries)
        {
            if (entry.Value is not null) merged._entries[merged._count++] = entry;
        }

        return merged;
    }

    private void Append(string name, string? value)
    {
        if (_count == _entries.Length) Array.Resize(ref _entries, Math.Max(4, _count * 2));
        _entries[_count++] = new(name, value);
    }
}
