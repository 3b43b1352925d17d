namespace RequestsAsync.Micro;

/// <summary>One object that the runtime saw when it was allocated.</summary>
/// <param name="Thread">The thread, by the number that the operating system gave it.</param>
/// <param name="Type">The type's name.</param>
/// <param name="Size">Its size in bytes.</param>
internal readonly record struct AllocationSample(long Thread, string Type, double Size)
{
    // The runtime picks one byte in so many, at random, and tells the object that it belongs to.
    private const double MeanDistance = 100 * 1024;

    /// <summary>For how many objects of this size it stands: it was seen with a probability that its size tells.</summary>
    public double Weight => 1 / (1 - Math.Pow(1 - (1 / MeanDistance), Size));
}
