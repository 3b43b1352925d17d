namespace RequestsAsync.Tests;

/// <summary>Bodies are read into memory whole, whatever their length and their pieces, and take little more memory than they are long.</summary>
[Collection(Alone.Name)] // the pool of arrays is everybody's
public sealed class BodyReaderTests
{
    private const int Believed = 80 << 10;
    private const int FirstOfLong = 64 << 10;
    private const int Largest = 1 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Lengths =>
    [
        0, 1, 100,
        (16 << 10) - 1, 16 << 10, (16 << 10) + 1,
        FirstOfLong, Believed - 1, Believed, Believed + 1, 2 * FirstOfLong, 3 * FirstOfLong, (3 * FirstOfLong) + 1,
        Largest - 1, Largest, Largest + 1, (3 * Largest) + 12_345,
    ];

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Comes_whole(int length)
    {
        byte[] body = new byte[length];
        new Random(length).NextBytes(body);
        foreach (int piece in (int[])[777, 16 << 10, int.MaxValue])
        {
            foreach (long? expected in (long?[])[null, length])
            {
                Assert.Equal(body, await ReadAsync(expected, async: true));
                Assert.Equal(body, await ReadAsync(expected, async: false));

                ValueTask<byte[]> ReadAsync(long? expected, bool async) =>
                    BodyReader.ReadToEndAsync(new PieceStream(body, piece), expected, limit: long.MaxValue, sending: null, async, Token);
            }
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(Believed + 1)]
    [InlineData((3 * Largest) + 1)]
    public async Task Is_refused_when_it_is_longer_than_allowed(int length)
    {
        foreach (long? expected in (long?[])[null, length])
        {
            await Assert.ThrowsAsync<BodyTooLargeException>(async () =>
                await BodyReader.ReadToEndAsync(new PieceStream(new byte[length], 5_000), expected, limit: length - 1, sending: null, async: true, Token));
            byte[] allowed = await BodyReader.ReadToEndAsync(new PieceStream(new byte[length], 5_000), expected, limit: length, sending: null, async: true, Token);
            Assert.Equal(length, allowed.Length);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(Believed + 1)]
    [InlineData((3 * Largest) + 1)]
    public async Task Tells_how_much_has_come_when_it_is_cut_off(int length)
    {
        var failure = await Assert.ThrowsAsync<ConnectionLostException>(async () =>
            await BodyReader.ReadToEndAsync(new PieceStream(new byte[length - 1], 5_000), length, limit: long.MaxValue, sending: null, async: true, Token));

        Assert.Contains($"after {length - 1} of {length} bytes", failure.Message, StringComparison.Ordinal);
    }

    // A transfer takes a while, and an array of this size that outlives a collection is dear.
    [Theory]
    [InlineData(Largest)]
    [InlineData((3 * Largest) + 1)]
    public void Of_great_length_takes_an_array_of_its_own_only_when_it_is_here(int length)
    {
        byte[] body = new byte[length];
        (long BeforeLast, long InAll) taken = Measure();
        for (int i = 0; i < 5 && !(taken.BeforeLast <= 4_096 && taken.InAll <= length + 4_096); i++)
            taken = Measure(); // the first fills the pool, and a collection may empty it

        Assert.InRange(taken.BeforeLast, 0, 4_096);
        Assert.InRange(taken.InAll, length, length + 4_096);

        (long BeforeLast, long InAll) Measure()
        {
            LastLookStream stream = new(body);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(length, Blocking.Complete(BodyReader.ReadToEndAsync(stream, length, limit: long.MaxValue, sending: null, async: false, Token)).Length);
            return (stream.AllocatedBeforeLast - before, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private class PieceStream(byte[] content, int piece) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }

    /// <summary>Notes what had been allocated when the last byte was asked for.</summary>
    private sealed class LastLookStream(byte[] content) : PieceStream(content, int.MaxValue)
    {
        public long AllocatedBeforeLast { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (Position < Length) AllocatedBeforeLast = GC.GetAllocatedBytesForCurrentThread();
            return base.Read(buffer);
        }
    }
}
