namespace RequestsAsync.Bulk.Tests;

public sealed class OffsetQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Offsets_come_out_as_they_went_in(int seed)
    {
        Random random = new(seed);
        OffsetQueue queue = default;
        Queue<long> expected = new();
        long offset = 0;
        for (int i = 0; i < 20_000; i++)
        {
            if (random.Next(5) < (i / 4000 % 2 == 0 ? 3 : 2))
            {
                offset += random.NextInt64(1, 1L << random.Next(1, 40));
                queue.Add(offset);
                expected.Enqueue(offset);
            }
            else
            {
                Assert.Equal(expected.Count == 0, queue.IsEmpty);
                Assert.Equal(expected.TryDequeue(out long taken), queue.TryTake(out long actual));
                Assert.Equal(taken, actual);
            }
        }

        while (expected.TryDequeue(out long taken))
        {
            Assert.True(queue.TryTake(out long actual));
            Assert.Equal(taken, actual);
        }

        Assert.False(queue.TryTake(out _));
    }
}
