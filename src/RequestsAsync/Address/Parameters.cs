using System.Collections;

namespace RequestsAsync;

/// <summary>Names and values for a query or a form, in the order they were added; a name may occur more than once.</summary>
/// <remarks>
/// Written as an initializer: <c>Query = { ["q"] = "async", ["tag"] = ["a", "b"], ["skip"] = null }</c>. A list repeats its name.
/// <see langword="null"/> sends nothing, and in the options of one request it takes away the session's parameter of that name.
/// Names are case-sensitive. Not safe for writing from several threads.
/// </remarks>
public sealed class Parameters : IEnumerable<KeyValuePair<string, ParameterValue>>
{
    private readonly List<KeyValuePair<string, ParameterValue?>> _entries;

    /// <summary>Creates an empty list.</summary>
    public Parameters() => _entries = [];

    /// <summary>Creates a list of pairs; a name that occurs twice is sent twice.</summary>
    /// <param name="pairs">Names and values, in their order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pairs"/> is <see langword="null"/>.</exception>
    public Parameters(IEnumerable<KeyValuePair<string, string?>> pairs)
        : this()
    {
        ArgumentNullException.ThrowIfNull(pairs);
        foreach ((string name, string? value) in pairs)
            Add(name, value);
    }

    private Parameters(List<KeyValuePair<string, ParameterValue?>> entries) => _entries = entries;

    /// <summary>How many entries there are; a list of values counts as one.</summary>
    public int Count => _entries.Count;

    /// <summary>The value of a name, or <see langword="null"/>; setting it replaces every entry of that name, at the place of the first.</summary>
    /// <param name="name">The name, case-sensitive.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public ParameterValue? this[string name]
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
                _entries.Add(new(name, value));
                return;
            }

            _entries[at] = new(name, value);
            for (int i = _entries.Count - 1; i > at; i--)
            {
                if (_entries[i].Key == name) _entries.RemoveAt(i);
            }
        }
    }

    /// <summary>Adds an entry after the others, also when the name is there already.</summary>
    /// <param name="name">The name, case-sensitive.</param>
    /// <param name="value">The value, or several.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public void Add(string name, ParameterValue? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        _entries.Add(new(name, value));
    }

    /// <summary>Every entry that sends something, in order.</summary>
    public IEnumerator<KeyValuePair<string, ParameterValue>> GetEnumerator()
    {
        foreach ((string name, ParameterValue? value) in _entries)
        {
            if (value is { Count: > 0 } some) yield return new(name, some);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal Parameters Clone() => new([.. _entries]);

    /// <summary>The session's entries and then the request's; a name that the request has, <see langword="null"/> included, replaces the session's.</summary>
    internal static Parameters? Merge(Parameters? session, Parameters? request)
    {
        if (session is not { Count: > 0 }) return request;
        if (request is not { Count: > 0 }) return session;

        List<KeyValuePair<string, ParameterValue?>> merged = new(session.Count + request.Count);
        foreach (KeyValuePair<string, ParameterValue?> entry in session._entries)
        {
            if (request.IndexOf(entry.Key) < 0) merged.Add(entry);
        }

        merged.AddRange(request._entries);
        return new(merged);
    }

    private int IndexOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (int i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Key == name) return i;
        }

        return -1;
    }
}
