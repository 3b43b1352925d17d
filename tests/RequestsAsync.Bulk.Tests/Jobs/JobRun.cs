using System.Text;
using System.Text.Json;

namespace RequestsAsync.Bulk.Tests;

/// <summary>A job in a folder of its own, which goes with the test.</summary>
internal sealed class JobRun : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bulk-run-").FullName;

    public string Output => Path.Combine(_folder, "out.jsonl");

    public string In(string name) => Path.Combine(_folder, name);

    public List<JsonElement> Records => File.Exists(Output) ? [.. File.ReadLines(Output).Select(line => JsonDocument.Parse(line).RootElement)] : [];

    public JsonElement RecordOf(string url) => Assert.Single(Records, record => record.GetProperty("url").GetString() == url);

    public BulkJobOptions Options(string input, BulkOptions fetching, bool resume = false) => new()
    {
        Folder = In("job"),
        Output = Output,
        OpenInput = () => new MemoryStream(Encoding.UTF8.GetBytes(input)),
        Resume = resume,
        Fetching = fetching,
    };

    public async Task<BulkSummary> RunAsync(string input, BulkOptions fetching, bool resume = false)
    {
        await using BulkJob job = await BulkJob.OpenAsync(Options(input, fetching, resume), TestContext.Current.CancellationToken);
        return await job.RunAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
