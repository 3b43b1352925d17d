namespace RequestsAsync.BulkSimulation;

/// <summary>What is random and yet the same each time it is asked for.</summary>
internal static class Chance
{
    /// <summary>A number from 0 to below 1 that belongs to a request.</summary>
    /// <param name="number">The request.</param>
    /// <param name="use">What it is for: different ones are independent.</param>
    public static double Of(long number, ulong use)
    {
        // SplitMix64's way of mixing bits.
        ulong x = (ulong)number + (use * 0x9E3779B97F4A7C15);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return ((x ^ (x >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
