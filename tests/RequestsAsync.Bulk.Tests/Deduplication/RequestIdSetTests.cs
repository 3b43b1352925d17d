namespace RequestsAsync.Bulk.Tests;

public sealed class RequestIdSetTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1L << 30, 0)]
    [InlineData(64 << 10, 3)]
    [InlineData(16 << 10, 1)]
    public void It_knows_exactly_what_was_added(long memory, int leastRuns)
    {
        using RequestIdSet set = new(_folder.Path, memory);
        HashSet<RequestId> known = [];
        Random random = new(7);
        for (int batch = 0; batch < 60; batch++)
        {
            RequestId[] ids = [.. Enumerable.Range(0, 300).Select(_ => new RequestId(Hash(random.Next(12_000))))];
            set.EnsureRoom(ids.Length);
            foreach (RequestId id in ids) Assert.Equal(known.Add(id), set.Add(id));
        }

        Assert.Equal(known.Count, set.Count);
        Assert.InRange(set.RunCount, leastRuns, 9);
    }

    [Fact]
    public void What_was_removed_can_be_added_again_and_the_others_stay()
    {
        using RequestIdSet set = new(_folder.Path, 1 << 20);
        RequestId[] ids = [.. Enumerable.Range(0, 5_000).Select(i => new RequestId(Hash(i)))];
        set.EnsureRoom(ids.Length);
        foreach (RequestId id in ids) Assert.True(set.Add(id));
        for (int i = 0; i < ids.Length; i += 3) set.Remove(ids[i]);

        for (int i = 0; i < ids.Length; i++) Assert.Equal(i % 3 == 0, set.Add(ids[i]));
    }

    [Fact]
    public void What_was_removed_after_it_went_to_the_disk_can_be_added_again()
    {
        using RequestIdSet set = new(_folder.Path, 16 << 10);
        RequestId[] ids = [.. Enumerable.Range(0, 700).Select(i => new RequestId(Hash(i)))];
        set.EnsureRoom(ids.Length);
        foreach (RequestId id in ids) Assert.True(set.Add(id));
        set.EnsureRoom(ids.Length);
        Assert.Equal(1, set.RunCount);

        for (int i = 0; i < ids.Length; i += 3) set.Remove(ids[i]);
        Assert.Equal(466, set.Count);
        for (int i = 0; i < ids.Length; i++) Assert.Equal(i % 3 == 0, set.Add(ids[i]));
        foreach (RequestId id in ids) Assert.False(set.Add(id));
        Assert.Equal(700, set.Count);
    }

    [Fact]
    public void Ids_that_are_no_hashes_are_known_as_well()
    {
        using RequestIdSet set = new(_folder.Path, 16 << 10);
        UInt128[] values =
        [
            0, 1, 2, UInt128.MaxValue, UInt128.MaxValue - 1, .. Enumerable.Range(0, 3000).Select(i => (UInt128)i + 3),
            .. Enumerable.Range(0, 600).Select(i => UInt128.MaxValue - 2 - (UInt128)i), .. Enumerable.Range(1, 900).Select(i => new UInt128(77UL << 40, (ulong)i)),
        ];
        foreach (UInt128[] batch in values.Chunk(200))
        {
            set.EnsureRoom(batch.Length);
            foreach (UInt128 value in batch) Assert.True(set.Add(new(value)));
        }

        foreach (UInt128[] batch in values.Chunk(200))
        {
            set.EnsureRoom(batch.Length);
            foreach (UInt128 value in batch) Assert.False(set.Add(new(value)));
        }

        Assert.Equal(values.Length, set.Count);
    }

    [Fact]
    public void Files_of_a_process_that_was_killed_are_removed()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "0.ids"), "left");

        using RequestIdSet set = new(_folder.Path, 1 << 20);

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Most_new_ids_are_told_from_those_on_the_disk_without_a_look()
    {
        RequestIdFilter filter = new(10_000);
        for (int i = 0; i < 10_000; i++) filter.Add(Hash(i));

        Assert.All(Enumerable.Range(0, 10_000), i => Assert.True(filter.MayContain(Hash(i))));
        Assert.InRange(Enumerable.Range(10_000, 100_000).Count(i => filter.MayContain(Hash(i))), 0, 1500);
    }

    private static UInt128 Hash(int i) => RequestId.Of("GET", $"{i}", []).Value;
}
