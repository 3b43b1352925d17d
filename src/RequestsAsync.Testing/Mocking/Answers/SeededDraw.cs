namespace RequestsAsync.Testing;

/// <summary>A fault that meets some of the calls, drawn by the call's number: whoever comes first, number n has the same fate.</summary>
/// <param name="Fault">What meets them.</param>
/// <param name="Rate">How many of them, from 0 to 1.</param>
/// <param name="Seed">Which of them.</param>
internal sealed record SeededDraw(Fault Fault, double Rate, int Seed)
{
    /// <summary>Whether the call of that number is met.</summary>
    internal bool Hits(int number) => SplitMix64.Unit(Seed, number) < Rate;
}
