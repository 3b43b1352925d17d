namespace RequestsAsync;

/// <summary>How long to wait before a repetition.</summary>
internal static class BackOff
{
    /// <summary>What the server asks, up to the cap, and on top of it a random part of the back-off's step (exponential, full jitter).</summary>
    /// <param name="retry">Steps and caps, checked.</param>
    /// <param name="repetition">Which it is: 1 for the first.</param>
    /// <param name="asked">How long the server wants to be left alone; <see langword="null"/> if it does not say.</param>
    /// <param name="random">A random number of [0, 1).</param>
    /// <remarks>The sum keeps the two apart: never earlier than asked, and a herd that was sent away with one date still comes back scattered.</remarks>
    public static TimeSpan Wait(Retry retry, int repetition, TimeSpan? asked, double random)
    {
        // In floating point a step that doubled too often is infinite, and no step of zero ever grows.
        double step = Math.Min(Math.ScaleB(retry.Delay.Ticks, repetition - 1), retry.MaxDelay.Ticks);
        long floor = Math.Min(asked.GetValueOrDefault().Ticks, retry.MaxRetryAfter.Ticks);
        return TimeSpan.FromTicks(floor + (long)(step * random));
    }
}
