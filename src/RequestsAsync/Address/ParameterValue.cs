using System.Globalization;
using System.Runtime.CompilerServices;

namespace RequestsAsync;

/// <summary>The value of one query parameter or form field: a text, or several, each sent with the same name.</summary>
/// <remarks>
/// Written without ceremony: <c>"text"</c>, <c>["a", "b"]</c>, <c>42</c>, <c>true</c>, a date or a <see cref="Guid"/> all convert by themselves.
/// Booleans are <c>true</c> and <c>false</c>, numbers and dates are written the same in every culture, dates in ISO 8601.
/// A <see langword="null"/> inside a list is left out, as in <c>requests</c>.
/// </remarks>
[CollectionBuilder(typeof(ParameterValue), nameof(Create))]
public readonly struct ParameterValue : IEnumerable<string?>
{
    private readonly object? _value; // null, a string, or a string[] without nulls

    private ParameterValue(object? value) => _value = value;

    /// <summary>How many values there are; none sends nothing.</summary>
    public int Count => _value switch { null => 0, string[] list => list.Length, _ => 1 };

    /// <summary>The value at a place.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public string this[int index] => _value switch
    {
        string text when index == 0 => text,
        string[] list when (uint)index < (uint)list.Length => list[index],
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>Several values of one name; <see langword="null"/> is left out, and an empty list sends nothing.</summary>
    /// <param name="values">The values, in their order.</param>
    public static ParameterValue Create(ReadOnlySpan<string?> values)
    {
        int kept = 0;
        foreach (string? value in values)
        {
            if (value is not null) kept++;
        }

        var list = new string[kept];
        int at = 0;
        foreach (string? value in values)
        {
            if (value is not null) list[at++] = value;
        }

        return new(list);
    }

    /// <summary>Several values of one name, from any sequence; <see langword="null"/> is left out.</summary>
    /// <param name="values">The values, in their order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is <see langword="null"/>.</exception>
    public static ParameterValue From(IEnumerable<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Create([.. values]);
    }

    /// <summary>One value that knows how to write itself (a number, a date, a <see cref="Guid"/>), in the invariant culture.</summary>
    /// <param name="value">The value; <see langword="null"/> sends nothing.</param>
    public static ParameterValue From(IFormattable? value) => value switch
    {
        null => default,
        DateTime or DateTimeOffset => new(value.ToString("O", CultureInfo.InvariantCulture)),
        DateOnly or TimeOnly => new(value.ToString("O", CultureInfo.InvariantCulture)),
        _ => new(value.ToString(null, CultureInfo.InvariantCulture)),
    };

    /// <summary>A text as the only value.</summary>
    /// <param name="value">The text; <see langword="null"/> sends nothing.</param>
    public static implicit operator ParameterValue(string? value) => new(value);

    /// <summary>Several values of one name.</summary>
    /// <param name="values">The values; <see langword="null"/> inside is left out.</param>
    public static implicit operator ParameterValue(string?[]? values) => values is null ? default : Create(values);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    /// <param name="value">The truth value.</param>
    public static implicit operator ParameterValue(bool value) => new(value ? "true" : "false");

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ParameterValue(int value) => From(value);

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ParameterValue(long value) => From(value);

    /// <summary>A number, with the fewest digits that read back as the same.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ParameterValue(float value) => From(value);

    /// <summary>A number, with the fewest digits that read back as the same.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ParameterValue(double value) => From(value);

    /// <summary>A decimal number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ParameterValue(decimal value) => From(value);

    /// <summary>A point in time, in ISO 8601 with its offset.</summary>
    /// <param name="value">The time.</param>
    public static implicit operator ParameterValue(DateTimeOffset value) => From(value);

    /// <summary>A point in time, in ISO 8601.</summary>
    /// <param name="value">The time.</param>
    public static implicit operator ParameterValue(DateTime value) => From(value);

    /// <summary>A day, in ISO 8601.</summary>
    /// <param name="value">The day.</param>
    public static implicit operator ParameterValue(DateOnly value) => From(value);

    /// <summary>A <see cref="Guid"/> in its usual form with hyphens.</summary>
    /// <param name="value">The identifier.</param>
    public static implicit operator ParameterValue(Guid value) => From(value);

    /// <summary>The values in their order; none of them is <see langword="null"/>, which only a list being written may hold.</summary>
    public IEnumerator<string?> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The values, joined by <c>", "</c>.</summary>
    public override string ToString() => _value switch { null => "", string[] list => string.Join(", ", list), _ => (string)_value };
}
