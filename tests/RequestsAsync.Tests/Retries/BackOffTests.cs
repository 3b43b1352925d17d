using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class BackOffTests
{
    private const double AlmostOne = 1 - 1e-16;

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(6, 16)]
    [InlineData(7, 30)]
    [InlineData(64, 30)]
    [InlineData(int.MaxValue, 30)]
    public void Each_step_is_twice_the_last_up_to_the_longest(int repetition, double seconds)
    {
        Assert.Equal(TimeSpan.Zero, BackOff.Wait(Retry.Default, repetition, asked: null, random: 0));
        Assert.Equal(seconds / 2, BackOff.Wait(Retry.Default, repetition, asked: null, random: 0.5).TotalSeconds);
        Assert.Equal(seconds, BackOff.Wait(Retry.Default, repetition, asked: null, AlmostOne).TotalSeconds, 0.000_001);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0.5, 0.25)]
    [InlineData(7, 0, 7)]
    [InlineData(7, 0.5, 7.25)]
    [InlineData(120, 0.5, 120.25)]
    [InlineData(121, 0.5, 120.25)]
    [InlineData(86_400, 0, 120)]
    public void The_random_part_comes_after_what_is_asked(int asked, double random, double seconds) =>
        Assert.Equal(seconds, BackOff.Wait(Retry.Default, repetition: 1, TimeSpan.FromSeconds(asked), random).TotalSeconds);

    [Fact]
    public void For_ever_is_as_long_as_allowed() =>
        Assert.Equal(Retry.Default.MaxRetryAfter, BackOff.Wait(Retry.Default, repetition: 1, TimeSpan.MaxValue, random: 0));

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void Without_a_first_step_there_is_none(int repetition) =>
        Assert.Equal(TimeSpan.Zero, BackOff.Wait(Retry.Default with { Delay = TimeSpan.Zero }, repetition, asked: null, AlmostOne));

    [Fact]
    public void The_longest_step_cuts_the_first_too() =>
        Assert.Equal(TimeSpan.FromSeconds(1), BackOff.Wait(Retry.Default with { Delay = TimeSpan.FromSeconds(9), MaxDelay = TimeSpan.FromSeconds(2) }, 1, null, 0.5));

    [Fact]
    public void No_wait_is_shorter_than_asked_or_longer_than_both_caps()
    {
        var waits =
            from delay in Milliseconds()
            from maxDelay in Milliseconds()
            from maxRetryAfter in Milliseconds()
            from asked in Gen.OneOf(Milliseconds(), Gen.Constant(TimeSpan.MaxValue))
            from repetition in Gen.OneOf(Gen.Choose(1, 70), Gen.Constant(int.MaxValue))
            from random in Gen.Choose(0, 999).Select(thousandths => thousandths / 1000.0)
            select (Retry: new Retry { Delay = delay, MaxDelay = maxDelay, MaxRetryAfter = maxRetryAfter }, asked, repetition, random);
        Prop.ForAll(
            waits.ToArbitrary(),
            given =>
            {
                given.Retry.Check();
                TimeSpan wait = BackOff.Wait(given.Retry, given.repetition, given.asked, given.random);
                TimeSpan floor = given.asked < given.Retry.MaxRetryAfter ? given.asked : given.Retry.MaxRetryAfter;
                return wait >= floor && wait <= floor + given.Retry.MaxDelay;
            }).QuickCheckThrowOnFailure();
    }

    private static Gen<TimeSpan> Milliseconds() => Gen.Choose(0, 864_000_000).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds));
}
