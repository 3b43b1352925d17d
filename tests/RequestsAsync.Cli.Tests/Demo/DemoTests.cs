using System.Globalization;

namespace RequestsAsync.Cli.Tests;

/// <summary>The demonstration as a reader of the lesson runs it. It measures time, so nothing else runs beside it.</summary>
[Collection(nameof(DemoTests))]
[CollectionDefinition(nameof(DemoTests), DisableParallelization = true)]
public sealed class DemoTests
{
    [Fact]
    public async Task Shows_what_concurrency_brings_and_what_a_blocking_call_costs()
    {
        await using CommandProcess command = CommandProcess.Start("demo");
        Ran ran = await command.EndAsync();

        Assert.Equal("", ran.Error);
        Assert.Equal(0, ran.Code);
        Dictionary<string, string[]> rows = Rows(ran);

        string[] alone = rows["one after another"];
        string[] threads = rows["blocking, on 50 threads"];
        string[] bounded = rows["async, 50 at a time"];
        string[] atOnce = rows["async, all at once"];
        Assert.InRange(Number(alone[0]), 10, 30); // 200 times 50 ms, and nothing can be faster
        Assert.Equal(1, Number(alone[4]));
        Assert.Equal(50, Number(threads[2]));
        Assert.InRange(Number(bounded[2]), 1, 49);
        Assert.True(Number(threads[4]) >= 10, $"threads: {threads[4]}");
        Assert.True(Number(bounded[4]) >= 10, $"bounded: {bounded[4]}");
        Assert.True(Number(atOnce[4]) >= 10, $"at once: {atOnce[4]}");
        Assert.True(Number(atOnce[0]) >= 0.05, "faster than the server answers");

        Assert.True(Number(rows["await GetAsync(url)"][1]) > 10);
        Assert.True(Number(rows["await ToThreadAsync(() => Get(url))"][1]) > 10);
        Assert.InRange(Number(rows["Get(url), blocking the loop"][1]), 0, 2);
    }

    // Cells are parted by two spaces or more; a number may have a unit.
    private static Dictionary<string, string[]> Rows(Ran ran) => ran.Lines
        .Select(static line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Where(static cells => cells.Length >= 4)
        .ToDictionary(static cells => cells[0], static cells => cells[1..], StringComparer.Ordinal);

    private static double Number(string cell) => double.Parse(cell.Split(' ')[0].TrimEnd('x'), CultureInfo.InvariantCulture);
}
