namespace RequestsAsync.Bulk;

/// <summary>Tells most ids that are not in a run from those that are: a Bloom filter whose bits for one id stand in one line of the processor's cache.</summary>
/// <remarks>12 bits an id, of which six are set: some 0.6 % of what is not there looks as if it were. Keys are spread evenly already (<see cref="RequestIdScatter"/>), and serve as their own hashes.</remarks>
internal sealed class RequestIdFilter
{
    private const int BitsPerId = 12;
    private const int Bits = 6;
    private const int WordsPerLine = 8;
    private readonly ulong[] _words;
    private readonly ulong _lines;

    internal RequestIdFilter(long count)
    {
        _lines = (ulong)Math.Max(1, (count * BitsPerId + 511) / 512);
        _words = new ulong[checked((int)_lines * WordsPerLine)];
    }

    internal void Add(UInt128 id)
    {
        int line = Line(id);
        ulong bits = (ulong)(id >> 64);
        for (int i = 0; i < Bits; i++, bits >>= 9) _words[line + (int)((bits & 511) >> 6)] |= 1UL << (int)(bits & 63);
    }

    internal bool MayContain(UInt128 id)
    {
        int line = Line(id);
        ulong bits = (ulong)(id >> 64);
        for (int i = 0; i < Bits; i++, bits >>= 9)
        {
            if ((_words[line + (int)((bits & 511) >> 6)] & (1UL << (int)(bits & 63))) == 0) return false;
        }

        return true;
    }

    // By the low half of the id, the bits by the low end of the high one: its first bits are what the ids of a run are sorted by.
    private int Line(UInt128 id) => (int)Math.BigMul((ulong)id, _lines, out _) * WordsPerLine;
}
