namespace RequestsAsync.Tests;

public sealed class RangeTests
{
    [Theory]
    [InlineData("bytes 0-499/1234", 0L, 500L, 1234L)]
    [InlineData("BYTES  500-999/*", 500L, 1000L, null)]
    [InlineData("bytes 0-0/1", 0L, 1L, 1L)]
    public void A_content_range_is_read(string value, long start, long end, long? total) =>
        Assert.Equal(new ContentRange(new(start, end), total), ContentRange.Parse(value));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bytes */1234")]
    [InlineData("bytes 5-4/10")]
    [InlineData("bytes 0-10/10")]
    [InlineData("bytes -5-10/20")]
    [InlineData("bytes 0-9223372036854775807/*")]
    [InlineData("bytes 0-99999999999999999999/*")]
    [InlineData("items 0-4/10")]
    [InlineData("bytes 0-4")]
    [InlineData("bytes 0-4/10, bytes 5-9/10")]
    public void What_is_no_content_range_is_none(string? value) => Assert.Null(ContentRange.Parse(value));

    [Fact]
    public void Ranges_are_what_a_set_of_positions_would_be()
    {
        Random random = new(7);
        for (int round = 0; round < 500; round++)
        {
            ByteRanges ranges = new();
            bool[] bytes = new bool[40];
            for (int i = 0; i < 8; i++)
            {
                int start = random.Next(40), end = random.Next(start, 41);
                ranges.Add(new(start, end));
                Array.Fill(bytes, true, start, end - start);
            }

            bool[] gaps = new bool[40];
            Array.Fill(gaps, true);
            foreach (ByteRange gap in ranges.GapsUpTo(40)) Array.Fill(gaps, false, (int)gap.Start, (int)gap.Length);
            Assert.Equal(bytes, gaps);
            Assert.Equal(bytes.Count(static there => there), ranges.Total);
            Assert.All(ranges.Items.Zip(ranges.Items.Skip(1)), static pair => Assert.True(pair.First.End < pair.Second.Start));
        }
    }

    [Theory]
    [InlineData(4, 1, "0-25 25-50 50-75 75-100")]
    [InlineData(3, 1, "0-34 34-68 68-100")]
    [InlineData(4, 101, "0-100")]
    [InlineData(1, 1, "0-100")]
    public void A_whole_file_is_cut_into_equal_parts(int count, int threshold, string expected) => Assert.Equal(expected, Text(SegmentPlan.Of([new(0, 100)], count, threshold)));

    [Fact]
    public void Of_several_gaps_the_long_ones_are_cut() => Assert.Equal("0-4 10-37 37-60", Text(SegmentPlan.Of([new(0, 4), new(10, 60)], 2, 1)));

    [Fact]
    public void A_file_of_unknown_length_is_not_cut() => Assert.Single(SegmentPlan.Of([new(5, ByteRange.Unknown)], 4, 1));

    [Theory]
    [InlineData("\"a\"", null, null, "\"a\"")]
    [InlineData("W/\"a\"", null, null, null)]
    [InlineData("a", null, null, null)]
    [InlineData("\"a\", \"b\"", null, null, null)]
    [InlineData(null, "Thu, 01 Jan 2026 00:00:00 GMT", "Thu, 01 Jan 2026 00:01:00 GMT", "Thu, 01 Jan 2026 00:00:00 GMT")]
    [InlineData(null, "Thu, 01 Jan 2026 00:00:00 GMT", "Thu, 01 Jan 2026 00:00:59 GMT", null)]
    [InlineData(null, "Thu, 01 Jan 2026 00:00:00 GMT", null, null)]
    [InlineData("W/\"a\"", "Thu, 01 Jan 2026 00:00:00 GMT", "Thu, 01 Jan 2026 01:00:00 GMT", null)]
    [InlineData(null, "yesterday", "Thu, 01 Jan 2026 00:01:00 GMT", null)]
    public void Only_a_strong_validator_is_one(string? tag, string? modified, string? date, string? expected)
    {
        Headers headers = new() { ["ETag"] = tag, ["Last-Modified"] = modified, ["Date"] = date };
        Assert.Equal(expected, FileValidator.Of(headers, DateTimeOffset.UnixEpoch)?.Value);
    }

    [Theory]
    [InlineData("sha256", 64)]
    [InlineData("SHA-512", 128)]
    [InlineData("sha1", 40)]
    [InlineData("md5", 32)]
    public void A_checksum_has_as_many_digits_as_its_algorithm(string name, int digits)
    {
        Assert.Equal(new string('a', digits), Checksum.Parse($"{name}={new string('A', digits)}").Hex);
        Assert.Throws<FormatException>(() => Checksum.Parse($"{name}={new string('A', digits - 1)}"));
        Assert.Throws<FormatException>(() => Checksum.Parse($"{name}={new string('g', digits)}"));
        Assert.Throws<FormatException>(() => Checksum.Parse(name));
    }

    private static string Text(IEnumerable<ByteRange> ranges) => string.Join(' ', ranges.Select(static range => FormattableString.Invariant($"{range.Start}-{range.End}")));
}
