using System.Text;

namespace RequestsAsync.Bulk.Tests;

public sealed class BodyFilesTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_another_job_is_writing_is_left_alone_and_what_a_killed_one_left_is_not()
    {
        await using BodyFiles running = new(_folder.Path);
        string run = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(_folder.Path, "*.lock")));
        string written = Path.Combine(_folder.Path, $"0000.{run}.part"), left = Path.Combine(_folder.Path, "0000.killed00.part"), old = Path.Combine(_folder.Path, "0000.part");
        foreach (string path in (string[])[written, left, old, Path.Combine(_folder.Path, "killed00.lock")]) await File.WriteAllTextAsync(path, "x", TestContext.Current.CancellationToken);

        await using BodyFiles other = new(_folder.Path);

        Assert.Equal([written], Directory.GetFiles(_folder.Path, "*.part"));
        Assert.Equal(2, Directory.GetFiles(_folder.Path, "*.lock").Length);
    }

    [Fact]
    public async Task Two_jobs_store_one_content_once()
    {
        await using (BodyFiles one = new(_folder.Path), two = new(_folder.Path))
        {
            BulkRecord first = Record(), second = Record();
            await one.StoreAsync(first, Encoding.UTF8.GetBytes("content"), TestContext.Current.CancellationToken);
            await two.StoreAsync(second, Encoding.UTF8.GetBytes("content"), TestContext.Current.CancellationToken);
            await one.FlushAsync(TestContext.Current.CancellationToken);
            await two.FlushAsync(TestContext.Current.CancellationToken);
            Assert.Equal(first.BodyPath, second.BodyPath);
            Assert.Equal("content", await File.ReadAllTextAsync(Path.Combine(_folder.Path, first.BodyPath!), TestContext.Current.CancellationToken));
        }

        Assert.Single(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    private static BulkRecord Record() => new() { Request = new() { Id = new(1), Url = "http://h/", Host = "h" } };
}
