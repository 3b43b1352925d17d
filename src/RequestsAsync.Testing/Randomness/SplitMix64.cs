namespace RequestsAsync.Testing;

/// <summary>Chance without a state, by the SplitMix64 generator: what it gives depends on the seed and the number alone, whatever runs beside it.</summary>
internal static class SplitMix64
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>A number from 0 to below 1.</summary>
    /// <param name="seed">Which sequence.</param>
    /// <param name="number">Which number of it.</param>
    internal static double Unit(long seed, long number) => (Mix(Mix((ulong)seed) + ((ulong)number * Step)) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
