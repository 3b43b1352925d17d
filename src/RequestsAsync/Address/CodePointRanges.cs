namespace RequestsAsync;

/// <summary>A property of all code points, kept as the starts of its runs.</summary>
/// <param name="starts">The first code point of each run, rising from 0.</param>
/// <param name="values">The value of each run.</param>
internal sealed class CodePointRanges(int[] starts, int[] values)
{
    /// <summary>The value of <paramref name="codePoint"/>.</summary>
    public int this[int codePoint] => values[Find(codePoint, out _)];

    /// <summary>The run that holds <paramref name="codePoint"/>, and its first code point.</summary>
    public int Find(int codePoint, out int start)
    {
        int found = Array.BinarySearch(starts, codePoint);
        // A miss is the complement of the next larger element's index.
        if (found < 0) found = ~found - 1;
        start = starts[found];
        return found;
    }
}
