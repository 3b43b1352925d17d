namespace RequestsAsync.Testing;

/// <summary>A fault that meets some of the calls, drawn by the call's number: whoever comes first, number n has the same fate.</summary>
/// <param name="Fault">What meets them.</param>
/// <param name="Rate">How many of them, from 0 to 1.</param>
/// <param name="Seed">Which of them.</param>
internal sealed record SeededDraw(Fault Fault, double Rate, int Seed)
{
    /// <summary>Whether the call of that number is met.</summary>
    internal bool Hits(int number) => Unit(Seed, number) < Rate;

    // SplitMix64 over seed and number: no state, so no order of threads changes it.
    private static double Unit(int seed, int number)
    {
        ulong z = ((ulong)(uint)seed << 32) | (uint)number;
        z = (z + 0x9E3779B97F4A7C15UL) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        z ^= z >> 31;
        return (z >> 11) * (1.0 / (1UL << 53));
    }
}
