namespace RequestsAsync.Tests;

public sealed class SparesTests
{
    [Fact]
    public void What_was_kept_is_taken_once()
    {
        Spares<object> spares = new(max: 4);
        object[] kept = [new(), new(), new()];
        foreach (object spare in kept) Assert.True(spares.TryKeep(spare));

        object?[] taken = [spares.Take(), spares.Take(), spares.Take(), spares.Take()];

        Assert.Equal(kept, taken[..3]);
        Assert.Null(taken[3]);
    }

    [Fact]
    public void No_more_are_kept_than_allowed()
    {
        Spares<object> spares = new(max: 2);

        int kept = Enumerable.Range(0, 10).Count(_ => spares.TryKeep(new object()));

        Assert.Equal(3, kept); // the first has a place of its own
    }

    [Fact]
    public async Task Nobody_gets_what_another_has()
    {
        Spares<int[]> spares = new(max: 8);
        int shared = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                int[] mine = spares.Take() ?? new int[1];
                if (Interlocked.Increment(ref mine[0]) != 1) Interlocked.Increment(ref shared);
                Interlocked.Decrement(ref mine[0]);
                spares.TryKeep(mine);
            }
        })));

        Assert.Equal(0, shared);
    }
}
