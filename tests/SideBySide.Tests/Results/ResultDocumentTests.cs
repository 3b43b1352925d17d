namespace RequestsAsync.SideBySide.Tests;

public sealed class ResultDocumentTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("results-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_second_run_of_a_day_keeps_the_files_of_the_first()
    {
        ResultDocument document = new()
        {
            Date = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero),
            Mode = "full",
            WarmUpSeconds = 2,
            MeasuredSeconds = 3,
            Machine = new("a processor", 2, 1, "a kernel", "a system", "10.0.0"),
            Versions = new Dictionary<string, string>(),
            LeftOut = [],
            Rows = [],
            Goals = [],
        };

        string[] names =
        [
            await SaveAsync(document),
            await SaveAsync(document with { MeasuredSeconds = 4 }),
            await SaveAsync(document),
            await SaveAsync(document with { Mode = "quick" }),
        ];

        Assert.Equal(["2026-11-29-full.json", "2026-11-29-full-2.json", "2026-11-29-full-3.json", "2026-11-29-quick.json"], names);
        Assert.Contains("\"measured_seconds\": 3", await ReadAsync(names[0]), StringComparison.Ordinal);
        Assert.Contains("\"measured_seconds\": 4", await ReadAsync(names[1]), StringComparison.Ordinal);
    }

    private async Task<string> SaveAsync(ResultDocument document) => Path.GetFileName(await document.SaveAsync(_folder.FullName, TestContext.Current.CancellationToken));

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(_folder.FullName, name), TestContext.Current.CancellationToken);
}
