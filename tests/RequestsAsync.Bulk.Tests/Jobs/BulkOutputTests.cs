namespace RequestsAsync.Bulk.Tests;

/// <summary>Files that are there already when a job begins.</summary>
public sealed class BulkOutputTests : IDisposable
{
    private readonly JobRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("a text of somebody's, without an end of its line")]
    [InlineData("a line\nand another one")]
    [InlineData("{\"v\":1,\"id\":\"00000000000000000000000000000001\",\"url\":\"http://other.example/\"}\n{\"v\":1")]
    public async Task A_file_that_is_not_the_jobs_own_is_not_touched(string text)
    {
        await File.WriteAllTextAsync(_run.Output, text, TestContext.Current.CancellationToken);

        SinkException error = await Assert.ThrowsAsync<SinkException>(() => _run.RunAsync("http://a.example/\n", new()));

        Assert.Contains("not touched", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(_run.Output, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_has_taken_the_outputs_place_is_not_touched()
    {
        using BulkHost host = new();
        await _run.RunAsync("http://a.example/\n", new() { Handler = host });
        string text = string.Concat(Enumerable.Repeat("something else\n", 100)) + "torn";
        await File.WriteAllTextAsync(_run.Output, text, TestContext.Current.CancellationToken);

        SinkException error = await Assert.ThrowsAsync<SinkException>(() => _run.RunAsync("http://a.example/\n", new(), resume: true));

        Assert.Contains("not this job's output", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(_run.Output, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_worker_of_its_own_touches_no_file_but_one_of_records()
    {
        await File.WriteAllTextAsync(_run.Output, "a line\ntorn", TestContext.Current.CancellationToken);
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(_run.In("job"), null, TestContext.Current.CancellationToken);

        Assert.Throws<SinkException>(() => new BulkWorker(frontier, new(), new() { Path = _run.Output }));

        Assert.Equal("a line\ntorn", await File.ReadAllTextAsync(_run.Output, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Errors_of_earlier_runs_are_known_to_a_job_that_goes_on()
    {
        using BulkHost host = new();
        string input = """{"url":"http://a.example/","meta":{"error":{"kind":"mine"}}}""" + "\n";
        await _run.RunAsync(input, new() { Handler = host });
        Assert.False(await HasEarlierErrorsAsync(input));

        using JobRun other = new();
        string bad = input + """{"url":"http://"}""" + "\n";
        using BulkHost again = new();
        await other.RunAsync(bad, new() { Handler = again });
        await using BulkJob job = await BulkJob.OpenAsync(other.Options(bad, new(), resume: true), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await job.RunAsync(TestContext.Current.CancellationToken)).Progress.ByClass[0]);
        Assert.True(await job.HasEarlierErrorsAsync(TestContext.Current.CancellationToken));
    }

    private async Task<bool> HasEarlierErrorsAsync(string input)
    {
        await using BulkJob job = await BulkJob.OpenAsync(_run.Options(input, new(), resume: true), TestContext.Current.CancellationToken);
        await job.RunAsync(TestContext.Current.CancellationToken);
        return await job.HasEarlierErrorsAsync(TestContext.Current.CancellationToken);
    }
}
