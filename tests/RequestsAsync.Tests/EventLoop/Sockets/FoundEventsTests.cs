namespace RequestsAsync.Tests;

public sealed class FoundEventsTests
{
    [Fact]
    public async Task What_the_loop_has_not_passed_on_is_there_for_another_thread()
    {
        FoundEvents found = new();
        Tell(found, 1, 2, 3);
        Assert.False(found.TryTake(out _)); // not published yet
        found.Publish();

        Assert.Equal(1u, Take(found)); // and what follows it holds the loop
        uint?[] elsewhere = await Task.Run(() => new[] { Take(found), Take(found), Take(found) }, TestContext.Current.CancellationToken);

        Assert.Equal([2u, 3u, null], elsewhere);
        Assert.Null(Take(found));
    }

    [Fact]
    public void Each_is_taken_once_and_new_ones_do_not_mix_with_old_ones()
    {
        FoundEvents found = new();
        for (uint round = 0; round < 3; round++)
        {
            Tell(found, (2 * round) + 1, (2 * round) + 2);
            found.Publish();
            Assert.Empty(found.Told);

            Assert.Equal([(2 * round) + 1, (2 * round) + 2, null], new[] { Take(found), Take(found), Take(found) });
        }
    }

    private static void Tell(FoundEvents found, params uint[] events) => found.Told.AddRange(events.Select(static one => new PollEvent(null!, one)));

    private static uint? Take(FoundEvents found) => found.TryTake(out PollEvent one) ? one.Events : null;
}
